using Maestro.Telemetry.Series;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>
/// Nothing is removed that is not known to stay unneeded: by a forecast that reaches the horizon; or, where a policy
/// allows it, by a whole day of demand that would fit in with room to spare.
/// </summary>
internal static class Foresight
{
    /// <summary>The rule in the record of a removal that no forecast stands behind.</summary>
    public const string Rule = "REMOVAL_WITHOUT_FORECAST";

    /// <summary>So many points of utilization more must stay free when only the past is known.</summary>
    private const double Headroom = 0.10;

    /// <summary>Why the group keeps what it has, whichever SGM it is; null when one may be looked for.</summary>
    public static Refusal? Why(PlannerInput input, GroupState state)
    {
        foreach (var resource in DesiredCapacity.LimitingResources(input))
        {
            if (TelemetryRules.Measured(state.Telemetry, resource) is null)
            {
                return new(ReasonCode.NoTelemetry, $"its {Words.Of(resource)} is not measured");
            }

            if (Problem(input, state, resource) is { } problem && !state.Policy.RemoveWithoutForecast)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>
    /// Why these SGMs are too few for what was measured, where no forecast tells what will be; null when they would do,
    /// or when a forecast tells.
    /// </summary>
    public static Refusal? TooFew(PlannerInput input, GroupState state, List<double> weights)
    {
        foreach (var resource in DesiredCapacity.LimitingResources(input))
        {
            if (Problem(input, state, resource) is not { } problem)
            {
                continue;
            }

            if (state.Telemetry?.HighestOfDay.TryGetValue(resource, out var highest) is not true)
            {
                return problem with
                {
                    Sentence = $"{problem.Sentence}; without one, a whole day of it must have been measured",
                };
            }

            var busy = highest / DesiredCapacity.UnitCapacity(input, resource);
            var sum = weights.Sum();
            var left = sum - GroupNeed.Heaviest(weights, state.Policy.SurviveFailures);
            if (busy > (sum * Target(state)) + PlannerRules.Tolerance
                || busy > (left * state.Policy.SurviveUtilization) + PlannerRules.Tolerance)
            {
                return new(
                    ReasonCode.ForecastUntrusted,
                    Invariant($"{problem.Sentence}; and {Words.Amount(resource, highest)}, the most of the last 24 h, would not fit in ")
                        + Invariant($"at {Target(state) * 100:F0} %, or not after the loss of {state.Policy.SurviveFailures} more"));
            }
        }

        return null;
    }

    /// <summary>What a removal rests on when no forecast stands behind it; null when one does.</summary>
    public static string? Basis(PlannerInput input, GroupState state)
    {
        var unknown = DesiredCapacity.LimitingResources(input).Where(r => Problem(input, state, r) is not null).ToList();
        return unknown.Count == 0
            ? null
            : $"there is no forecast of {string.Join(" and ", unknown.Select(Words.Of))} to rely on, and what the last 24 h "
                + Invariant($"needed at most fits into the rest at {Target(state) * 100:F0} % of capacity");
    }

    private static Refusal? Problem(PlannerInput input, GroupState state, Resource resource)
    {
        if (state.ForecastProblems.TryGetValue(resource, out var problem))
        {
            return new(
                ReasonCode.ForecastUntrusted,
                $"nothing is removed without a forecast of {Words.Of(resource)}: {problem}");
        }

        return ForecastRules.Reaches(state.Forecasts[resource], input.Now + state.Policy.ScaleInHorizon)
            ? null
            : new(
                ReasonCode.ForecastUntrusted,
                Invariant($"the forecast of {Words.Of(resource)} does not reach ")
                    + Invariant($"{state.Policy.ScaleInHorizon.TotalMinutes:F0} min ahead"));
    }

    private static double Target(GroupState state) =>
        Math.Max(state.Policy.TargetUtilization / 2, state.Policy.TargetUtilization - Headroom);
}
