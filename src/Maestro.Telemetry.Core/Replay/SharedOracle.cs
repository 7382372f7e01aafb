namespace Maestro.Telemetry.Replay;

/// <summary>
/// What somebody who knows the future would do with a site that several groups share: first nobody of the highest
/// priority is short for longer than cannot be helped, then nobody of the next, and then it is as cheap as can be, with a
/// price on each change. Exact, by dynamic programming over the units of all groups together.
/// </summary>
public static class SharedOracle
{
    /// <summary>More groups have too many states.</summary>
    public const int MostGroups = 3;

    /// <summary>States times stretches of equal demand that are looked at, at most; each takes two bytes.</summary>
    private const long MostStates = 200_000_000;

    /// <summary>Shortages of all priorities share the bits of one number.</summary>
    private const int Bits = 62;

    /// <summary>Units of each group at each sample; null when there are too many groups, units or samples to solve it.</summary>
    /// <param name="groups">Their demands, as long as each other.</param>
    /// <param name="total">Units that the site has.</param>
    /// <param name="price">Unit-hours that a change of one unit costs; 0 or more. A move between groups is two changes.</param>
    /// <param name="step">Time from one sample to the next.</param>
    /// <exception cref="ArgumentException">The site has fewer units than the groups must have.</exception>
    public static int[][]? Solve(IReadOnlyList<SharedDemand> groups, int total, double price, TimeSpan step)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Sum(static g => g.Least) > total)
        {
            throw new ArgumentException($"The groups must have {groups.Sum(static g => g.Least)} units, and there are {total}.");
        }

        var samples = groups.Count == 0 ? 0 : groups[0].Units.Length;
        if (groups.Count is 0 or > MostGroups || samples == 0)
        {
            return null;
        }

        if (groups.Count > 1 && groups.Sum(Upper) <= total)
        {
            // There is enough for all, so that nobody is in anybody's way.
            var each = groups.Select(group => Solve([group], total, price, step)?[0]).ToList();
            return each.Contains(null) ? null : [.. each.Select(static units => units!)];
        }

        var starts = Stretches(groups, samples);
        var space = new UnitSpace([.. groups.Select(Upper).Select((most, g) => (groups[g].Least, most))], total);
        var levels = groups.Select(static g => g.Priority).Distinct().Order().ToList();
        var width = Bits / levels.Count;
        var worst = (long)samples * groups.Sum(static g => (long)Math.Max(g.Least, Highest(g)));
        if (space.Count > ushort.MaxValue || (long)space.Count * starts.Count > MostStates || worst >= 1L << width)
        {
            return null;
        }

        int[] shifts = [.. groups.Select(g => width * (levels.Count - 1 - levels.IndexOf(g.Priority)))];
        var states = Walk(groups, space, starts, samples, shifts, price, step);
        return Expand(space, starts, states, samples);
    }

    private static int Highest(SharedDemand group)
    {
        var most = 0;
        foreach (var units in group.Units.Span)
        {
            most = Math.Max(most, units);
        }

        return most;
    }

    /// <summary>More than the highest demand is of no use.</summary>
    private static int Upper(SharedDemand group) =>
        Math.Max(group.Least, Math.Min(group.Most, Highest(group)));

    /// <summary>
    /// Where the demand of any group changes. While all demands stay as they are, so does the best supply: of the states
    /// within, staying in the cheapest costs no more.
    /// </summary>
    private static List<int> Stretches(IReadOnlyList<SharedDemand> groups, int samples)
    {
        var starts = new List<int> { 0 };
        for (var t = 1; t < samples; t++)
        {
            foreach (var group in groups)
            {
                if (group.Units.Span[t] != group.Units.Span[t - 1])
                {
                    starts.Add(t);
                    break;
                }
            }
        }

        return starts;
    }

    /// <summary>The best state of each stretch.</summary>
    private static int[] Walk(
        IReadOnlyList<SharedDemand> groups,
        UnitSpace space,
        List<int> starts,
        int samples,
        int[] shifts,
        double price,
        TimeSpan step)
    {
        var costs = new SharedCost[space.Count];
        var ways = new SharedWays(space, price);
        var origins = new ushort[starts.Count][];
        for (var i = 0; i < starts.Count; i++)
        {
            if (i > 0)
            {
                origins[i] = ways.Change(costs);
            }

            var length = (i + 1 < starts.Count ? starts[i + 1] : samples) - starts[i];
            for (var state = 0; state < costs.Length; state++)
            {
                costs[state] = space.Fits(state)
                    ? costs[state].Plus(
                        Missing(groups, space, state, starts[i], shifts) * length, space.UnitsOf(state) * length * step.TotalHours)
                    : SharedCost.Impossible;
            }
        }

        var states = new int[starts.Count];
        for (var state = 1; state < costs.Length; state++)
        {
            states[^1] = costs[state].IsLessThan(costs[states[^1]]) ? state : states[^1];
        }

        for (var i = states.Length - 1; i > 0; i--)
        {
            states[i - 1] = origins[i][states[i]];
        }

        return states;
    }

    private static long Missing(IReadOnlyList<SharedDemand> groups, UnitSpace space, int state, int sample, int[] shifts)
    {
        var missing = 0L;
        for (var g = 0; g < groups.Count; g++)
        {
            missing += (long)Math.Max(0, groups[g].Units.Span[sample] - space.Units(state, g)) << shifts[g];
        }

        return missing;
    }

    private static int[][] Expand(UnitSpace space, List<int> starts, int[] states, int samples)
    {
        var units = Enumerable.Range(0, space.Groups).Select(_ => new int[samples]).ToArray();
        for (var i = 0; i < states.Length; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1] : samples;
            for (var g = 0; g < units.Length; g++)
            {
                units[g].AsSpan(starts[i], end - starts[i]).Fill(space.Units(states[i], g));
            }
        }

        return units;
    }
}
