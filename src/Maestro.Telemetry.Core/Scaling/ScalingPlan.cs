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

    /// <summary>
    /// What is left of a plan that breaks rules: no command, and of what it calls off only removals. To keep an SGM where it is
    /// takes capacity from nobody; a move or an add that is called off leaves a group without an SGM that it waits for.
    /// </summary>
    /// <param name="commands">Those that the plan knew.</param>
    public ScalingPlan Refused(IEnumerable<ScalingCommand> commands)
    {
        var removals = commands.Where(c => c.Kind == CommandKind.Remove).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return this with { Commands = [], Withdrawals = [.. Withdrawals.Where(w => removals.Contains(w.Id))] };
    }
}
