using System.Collections.Immutable;

namespace Maestro.Telemetry.Scaling;

/// <summary>The outcome of one planning cycle.</summary>
/// <param name="Decisions">One per group, ordered by group.</param>
/// <param name="Commands">New commands, in the order in which they are to be carried out.</param>
/// <param name="Memory">What the planner needs to remember for the next cycle.</param>
public sealed record ScalingPlan(
    DateTimeOffset Time,
    ImmutableArray<DecisionRecord> Decisions,
    ImmutableArray<ScalingCommand> Commands,
    PlannerMemory Memory)
{
    /// <summary>Commands that were not sent yet and are called off; by id.</summary>
    public ImmutableArray<Withdrawal> Withdrawals { get; init; } = [];

    /// <summary>The ids of <see cref="Withdrawals"/>.</summary>
    public ImmutableArray<string> Withdrawn => [.. Withdrawals.Select(w => w.Id)];
}
