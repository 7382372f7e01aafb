using static System.FormattableString;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>
/// Demand when some members are silent. They count as idle when the question is whether to grow, and as used at the
/// target when it is whether to shrink: what is not known never moves a group.
/// </summary>
internal static class ImputedDemand
{
    /// <summary>
    /// The demand to grow on. The demand series completes silent members from the others; between 70 and 90 % coverage
    /// that is too much of a guess.
    /// </summary>
    public static double ForGrowth(double demand, double coverage) =>
        coverage is >= PlannerRules.UsableCoverage and < PlannerRules.GoodCoverage ? demand * coverage : demand;

    /// <summary>The demand that must find room after a removal, in the resource's unit.</summary>
    /// <param name="demand">As it was measured.</param>
    /// <param name="coverage">Share of members that were heard, 0 to 1.</param>
    /// <param name="capacity">Of all members, in the resource's unit.</param>
    /// <param name="target">The utilization to plan for.</param>
    public static double ForRemoval(double demand, double coverage, double capacity, double target) =>
        coverage is > 0 and < 1
            ? Math.Max(demand, (demand * coverage) + ((1 - coverage) * capacity * target))
            : demand;

    /// <summary>Why a group with a silent member keeps what it has; null when it may give an SGM.</summary>
    public static Refusal? Why(PlannerInput input, GroupState state) => state.Serving.Length == 0
        ? null
        : Why(input, state, state.ServingUnits - state.Serving.Max(g => g.Model.Weight));

    /// <summary>The same when so many units are left.</summary>
    public static Refusal? Why(PlannerInput input, GroupState state, double left)
    {
        if (state.Telemetry is not { Coverage: < 1 } telemetry)
        {
            return null;
        }

        var target = state.Policy.TargetUtilization;
        foreach (var resource in DesiredCapacity.LimitingResources(input))
        {
            var unit = DesiredCapacity.UnitCapacity(input, resource);
            if (TelemetryRules.Measured(telemetry, resource) is { } measured
                && ForRemoval(measured, telemetry.Coverage, state.ServingUnits * unit, target) > left * unit * target)
            {
                return new(
                    ReasonCode.LowCoverage,
                    Invariant($"{telemetry.Coverage * 100:F0} % of the ACTIVE members have fresh samples, and if the ")
                        + Invariant($"silent ones are used at {target * 100:F0} %, it needs what it has"));
            }
        }

        return null;
    }
}
