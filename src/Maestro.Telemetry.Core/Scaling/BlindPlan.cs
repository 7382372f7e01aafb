using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling;

/// <summary>The plan when the fabric cannot be read: nothing is done, and each group's record says so.</summary>
public static class BlindPlan
{
    /// <param name="now">The time of the plan.</param>
    /// <param name="policies">The groups that would have been planned for.</param>
    /// <param name="last">The fabric as it was last read; it may be old.</param>
    /// <param name="memory">What the planner remembers, kept as it is.</param>
    /// <param name="problem">Why the fabric cannot be read, in a sentence.</param>
    public static ScalingPlan Create(
        DateTimeOffset now,
        ImmutableArray<ScalingPolicy> policies,
        FabricSnapshot last,
        PlannerMemory memory,
        string problem) => new(
            now,
            [.. policies.OrderBy(p => p.Group).Select(policy => Record(now, policy, last, problem))],
            [],
            memory);

    private static DecisionRecord Record(
        DateTimeOffset now, ScalingPolicy policy, FabricSnapshot last, string problem)
    {
        var members = last.MembersOf(policy.Group).Count();
        return new DecisionRecord
        {
            Id = PlanningState.DecisionId(now, policy.Group),
            Time = now,
            Group = policy.Group,
            Action = DecisionAction.Hold,
            Reason = ReasonCode.FabricUnreadable,
            Sentence = $"SG {policy.Group} is left as it is, because the fabric cannot be read: {problem}",
            Members = members,
            Desired = members,
            CommittedUnits = 0,
            WantedUnits = 0,
            Binding = "none",
            ModeOut = policy.ScaleOutMode,
            ModeIn = policy.ScaleInMode,
            PolicyVersion = policy.Version,
        };
    }
}
