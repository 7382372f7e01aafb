namespace Maestro.Telemetry.Replay;

/// <summary>
/// The cheapest way from any state to each: the price of a change is that of the groups' changes together, so that group
/// by group two sweeps, from fewer units and from more, see all pairs. States that are passed need not fit the site.
/// </summary>
internal sealed class SharedWays(UnitSpace space, double price)
{
    /// <summary>Turns the costs of being in each state into those of coming to it.</summary>
    /// <returns>Where each came from.</returns>
    public ushort[] Change(SharedCost[] costs)
    {
        var from = new ushort[costs.Length];
        for (var state = 0; state < from.Length; state++)
        {
            from[state] = (ushort)state;
        }

        for (var group = 0; group < space.Groups; group++)
        {
            var (stride, size) = (space.Stride(group), space.Size(group));
            for (var state = 0; state < costs.Length; state++)
            {
                if (state / stride % size > 0)
                {
                    Relax(costs, from, state, state - stride);
                }
            }

            for (var state = costs.Length - 1; state >= 0; state--)
            {
                if (state / stride % size < size - 1)
                {
                    Relax(costs, from, state, state + stride);
                }
            }
        }

        return from;
    }

    private void Relax(SharedCost[] costs, ushort[] from, int state, int other)
    {
        var through = costs[other].Plus(0, price);
        if (through.IsLessThan(costs[state]))
        {
            (costs[state], from[state]) = (through, from[other]);
        }
    }
}
