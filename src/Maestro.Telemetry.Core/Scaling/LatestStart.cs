namespace Maestro.Telemetry.Scaling;

/// <summary>When the next add must start at the latest.</summary>
internal static class LatestStart
{
    /// <summary>
    /// The first interval in which the forecast demand needs more than is committed, less the lead time and a guard;
    /// in the past when it is too late to be in time. Null when there is no such interval.
    /// </summary>
    public static DateTimeOffset? Of(GroupState state)
    {
        if (state.Outlook is not { } outlook)
        {
            return null;
        }

        var left = Math.Max(0, state.Ladder.AfterLoss(state.Ladder.Committed));
        for (var step = 0; step < outlook.Steps; step++)
        {
            if (outlook.Quantile(step, state.Quantile) > state.Ladder.Serves(state.Ladder.Committed) + PlannerRules.Tolerance
                || outlook.Survive(step) > left + PlannerRules.Tolerance)
            {
                return outlook.TimeOf(step) - state.LeadTime - PlannerRules.Guard;
            }
        }

        return null;
    }
}
