using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Replay;

/// <summary>The planner itself, on a fabric that does what it is told.</summary>
/// <param name="name">Short and unique.</param>
/// <param name="plan">The planner; the same function that runs in service.</param>
/// <param name="adapt">Changes each group's policy, to sweep a knob; null to leave it.</param>
public sealed class PlannerContestant(
    string name, Func<PlannerInput, ScalingPlan> plan, Func<ScalingPolicy, ScalingPolicy>? adapt = null)
    : ReplayContestant(name)
{
    /// <summary>The planner with the policies of the scenario.</summary>
    public PlannerContestant(string name, Func<ScalingPolicy, ScalingPolicy>? adapt = null)
        : this(name, ScalingPlanner.Plan, adapt)
    {
    }

    internal override ContestantRun Begin(ReplayScenario scenario) => new PlannerRun(
        adapt is null
            ? scenario
            : scenario with { Groups = [.. scenario.Groups.Select(g => g with { Policy = adapt(g.Policy) })] },
        plan);
}
