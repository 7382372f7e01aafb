using static System.FormattableString;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>
/// A busy group whose forecast has lost its trust grows on the demand of the moment alone: that is an operator's decision
/// as long as there is time for one. Above the hard limit there is none.
/// </summary>
internal static class LostForecast
{
    /// <summary>Why adds are only proposed; null when they may be made.</summary>
    public static Refusal? Why(PlannerInput input, GroupState state)
    {
        // A group that never had a forecast has not lost it, one that is late may come yet, as after a restart, and floors
        // do not follow from one.
        if (!input.ProposalsAreAnswered
            || state.IsEmergency
            || state.Verdict.Use == TelemetryUse.FloorsOnly
            || state.Members.Length < state.Need.FloorMembers
            || HasAll(input, state)
            || input.Memory.Groups.GetValueOrDefault(state.Id.Value)?.ForecastAt is not { } last
            || input.Now - last <= PlannerRules.ForecastMaxAge)
        {
            return null;
        }

        var used = DesiredCapacity.MeasuredUnits(input, state) * state.Policy.TargetUtilization / state.ServingUnits;
        return !(used > state.Policy.TargetUtilization)
            ? null
            : new(
                ReasonCode.Demoted,
                Invariant($"SG {state.Id} is used at {used * 100:F0} % and has had no forecast to rely on since ")
                    + Invariant($"{Words.Clock(last)}; until it has one again, adds are made above ")
                    + Invariant($"{state.Policy.HardUtilization * 100:F0} % only"));
    }

    /// <summary>When there was last a forecast to grow on of each resource that limits; null when there never was.</summary>
    public static DateTimeOffset? LastSeen(PlannerInput input, GroupState state) =>
        HasAll(input, state) ? input.Now : input.Memory.Groups.GetValueOrDefault(state.Id.Value)?.ForecastAt;

    private static bool HasAll(PlannerInput input, GroupState state) =>
        DesiredCapacity.LimitingResources(input).All(state.Forecasts.ContainsKey);
}
