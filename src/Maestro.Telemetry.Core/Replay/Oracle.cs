namespace Maestro.Telemetry.Replay;

/// <summary>
/// The cheapest capacity of somebody who knows the future: never below the demand, with a price on each change. How long
/// a unit takes to join does not matter to whoever orders in time, so it bounds every planner at every lead time.
/// </summary>
public static class Oracle
{
    /// <summary>Units that come or go from sample to sample.</summary>
    public static int Moves(int[] units) => units.Zip(units.Skip(1), static (a, b) => Math.Abs(a - b)).Sum();

    /// <summary>Units at each sample that cost least: unit-hours plus a price for each unit that comes or goes.</summary>
    /// <param name="demand">Units needed at each sample; 0 where unknown, which anything satisfies.</param>
    /// <param name="price">Unit-hours that a change of one unit costs; 0 or more.</param>
    /// <param name="step">Time from one sample to the next.</param>
    public static int[] Solve(ReadOnlySpan<int> demand, double price, TimeSpan step)
    {
        if (demand.IsEmpty)
        {
            return [];
        }

        var most = 1;
        foreach (var units in demand)
        {
            most = Math.Max(most, units);
        }

        var hours = step.TotalHours;
        var cost = new double[most + 1];
        var next = new double[most + 1];
        var origin = new int[demand.Length][];
        for (var n = 1; n <= most; n++)
        {
            cost[n] = n >= demand[0] ? n * hours : double.PositiveInfinity;
        }

        for (var t = 1; t < demand.Length; t++)
        {
            origin[t] = new int[most + 1];
            Advance(cost, next, origin[t], demand[t], price, hours);
            (cost, next) = (next, cost);
        }

        return Trace(cost, origin, most);
    }

    /// <summary>
    /// The cheapest way into each number of units: from the left or from the right, a price for each step between, so
    /// that two sweeps see all pairs.
    /// </summary>
    private static void Advance(
        double[] cost, double[] next, int[] origin, int demand, double price, double hours)
    {
        var (best, from) = (double.PositiveInfinity, 1);
        for (var n = 1; n < cost.Length; n++)
        {
            best += price;
            if (cost[n] <= best)
            {
                (best, from) = (cost[n], n);
            }

            (next[n], origin[n]) = (best, from);
        }

        (best, from) = (double.PositiveInfinity, cost.Length - 1);
        for (var n = cost.Length - 1; n >= 1; n--)
        {
            best += price;
            if (cost[n] <= best)
            {
                (best, from) = (cost[n], n);
            }

            if (best < next[n])
            {
                (next[n], origin[n]) = (best, from);
            }

            next[n] = n >= demand ? next[n] + (n * hours) : double.PositiveInfinity;
        }
    }

    private static int[] Trace(double[] cost, int[][] origin, int most)
    {
        var units = new int[origin.Length];
        units[^1] = 1;
        for (var n = 2; n <= most; n++)
        {
            units[^1] = cost[n] < cost[units[^1]] ? n : units[^1];
        }

        for (var t = units.Length - 1; t > 0; t--)
        {
            units[t - 1] = origin[t][units[t]];
        }

        return units;
    }
}
