namespace Maestro.Telemetry.Scaling.Outlooks;

/// <summary>
/// The numbers of SGMs over the intervals ahead that cost least: idle units, expected shortage and changes of
/// membership, all in unit-hours. Solved exactly by dynamic programming, as capacity is provisioned with known demand
/// (M. Lin, A. Wierman, L. Andrew, E. Thereska 2011, https://doi.org/10.1109/INFCOM.2011.5934885), with the newsvendor's
/// price for demand that is not known (K. Arrow, T. Harris, J. Marschak 1951, https://doi.org/10.2307/1906813): a unit is worth
/// having in an interval when the demand exceeds the others with a probability above 1 − quantile.
/// </summary>
/// <remarks>
/// SGMs that are joining count from now on, not from when they are expected to serve. What is short until then is short
/// whatever is ordered, because an SGM that is ordered now serves later still: it is the same in every path, and asking for
/// more because of it would order twice. What could help sooner does not look at them: emergencies and removals that are
/// called off are judged by the members that serve, and nothing is removed while an SGM joins.
/// </remarks>
internal readonly record struct CapacityPath(int Now, int AtLead, int AfterLoss)
{
    /// <summary>Unit-hours that one missing unit of what must survive a loss is worth: more than any saving.</summary>
    private const double Unsurvived = 1e4;

    /// <summary>Costs that differ by less are the same.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>The path of least cost.</summary>
    /// <param name="outlook">What will be needed.</param>
    /// <param name="ladder">The capacity of so many SGMs.</param>
    /// <param name="quantile">The share of cases that are to be served; in (0, 1).</param>
    /// <param name="switching">What the change of one unit costs, in unit-hours; 0 or more.</param>
    /// <returns>
    /// SGMs to have from now on, at most as many as are committed; SGMs to have when what is ordered now serves; and
    /// that number once more, were one SGM less committed.
    /// </returns>
    public static CapacityPath Cheapest(DemandOutlook outlook, CapacityLadder ladder, double quantile, double switching)
    {
        var price = quantile / (1 - quantile);
        Span<double> ahead = stackalloc double[ladder.Most + 1];
        Span<double> cost = stackalloc double[ladder.Most + 1];
        var (atLead, afterLoss) = (0, 0);
        for (var step = outlook.Steps - 1; step >= 0; step--)
        {
            Pass(outlook, ladder, step, price, ahead, cost);
            if (step == outlook.LeadStep)
            {
                atLead = Best(cost, ladder, switching, ladder.Committed);
                afterLoss = Best(cost, ladder, switching, Math.Max(0, ladder.Committed - 1));
            }

            if (step == 0)
            {
                break;
            }

            // Before the lead time is over nothing can be had but what is committed, and what is freed does not come back.
            cost.CopyTo(ahead);
            Free(ahead, ladder, switching);
            if (step >= outlook.LeadStep)
            {
                Order(ahead, ladder, switching);
            }
        }

        return new(Best(cost[..(ladder.Committed + 1)], ladder, switching, ladder.Committed), atLead, afterLoss);
    }

    /// <summary>The cost of an interval and all that follow, by the SGMs that serve in it.</summary>
    private static void Pass(
        DemandOutlook outlook, CapacityLadder ladder, int step, double price, ReadOnlySpan<double> ahead, Span<double> cost)
    {
        var hours = outlook.Step.TotalHours;
        var shortage = 0.0;
        for (var count = ladder.Most; count >= 0; count--)
        {
            if (count < ladder.Most)
            {
                shortage += outlook.ExceedsAsPlanned(step, ladder.Serves(count)) * (ladder[count + 1] - ladder[count]);
            }

            var left = Math.Max(0, ladder.AfterLoss(count)) + ladder.Slack(count);
            var unsurvived = Math.Max(0, outlook.Survive(step) - left);
            cost[count] = ((ladder[count] + (price * shortage) + (Unsurvived * unsurvived)) * hours) + ahead[count];
        }
    }

    /// <summary>Replaces each cost by the least over that number and all that are smaller.</summary>
    private static void Free(Span<double> cost, CapacityLadder ladder, double switching)
    {
        for (var count = 1; count <= ladder.Most; count++)
        {
            cost[count] = Math.Min(cost[count], cost[count - 1] + (switching * (ladder[count] - ladder[count - 1])));
        }
    }

    /// <summary>Replaces each cost by the least over that number and all that are greater.</summary>
    private static void Order(Span<double> cost, CapacityLadder ladder, double switching)
    {
        for (var count = ladder.Most - 1; count >= 0; count--)
        {
            cost[count] = Math.Min(cost[count], cost[count + 1] + (switching * (ladder[count + 1] - ladder[count])));
        }
    }

    // Of equals the one that is nearest to what there is.
    private static int Best(ReadOnlySpan<double> cost, CapacityLadder ladder, double switching, int from)
    {
        var best = from;
        var least = cost[from];
        for (var count = 0; count < cost.Length; count++)
        {
            var total = cost[count] + (switching * Math.Abs(ladder[count] - ladder[from]));
            if (total < least - Tolerance)
            {
                (best, least) = (count, total);
            }
        }

        return best;
    }
}
