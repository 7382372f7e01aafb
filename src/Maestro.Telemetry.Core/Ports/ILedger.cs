using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Ports;

/// <summary>
/// Decisions, commands, pauses and what the planner remembers: relational and durable, never the time-series store.
/// Each method is one transaction. Safe for concurrent use.
/// </summary>
public interface ILedger : IAsyncDisposable
{
    /// <summary>
    /// Keeps the outcome of one planning cycle in one transaction: its records, its new commands and its memory.
    /// </summary>
    Task RecordPlanAsync(ScalingPlan plan, CancellationToken cancellationToken);

    /// <summary>The planner's memory as last recorded; <see cref="PlannerMemory.Empty"/> at first.</summary>
    Task<PlannerMemory> GetMemoryAsync(CancellationToken cancellationToken);

    /// <summary>Records at or before <paramref name="before"/>, newest first; all groups when none is given.</summary>
    Task<IReadOnlyList<DecisionRecord>> ListDecisionsAsync(
        SecurityGroupId? group, DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a command from one state to the next and records the step. False, and nothing changed, when the command
    /// is no longer in <paramref name="expected"/>.
    /// </summary>
    Task<bool> TransitionAsync(
        string commandId, CommandState expected, CommandState next, CommandStep step, CancellationToken cancellationToken);

    Task<ScalingCommand?> GetCommandAsync(string commandId, CancellationToken cancellationToken);

    /// <summary>Commands that are not at their end, oldest first.</summary>
    Task<IReadOnlyList<ScalingCommand>> ListOpenCommandsAsync(CancellationToken cancellationToken);

    /// <summary>Commands created at or after <paramref name="since"/>, newest first.</summary>
    Task<IReadOnlyList<ScalingCommand>> ListCommandsAsync(
        DateTimeOffset since, int limit, CancellationToken cancellationToken);

    /// <summary>Adds a pause, or replaces the one of the same group, site and direction.</summary>
    Task PauseAsync(PauseRecord pause, CancellationToken cancellationToken);

    /// <summary>Ends pauses. False when there was none.</summary>
    Task<bool> ResumeAsync(
        PauseScope scope, string actor, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Pauses in force at <paramref name="at"/>.</summary>
    Task<IReadOnlyList<PauseRecord>> ListPausesAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Deletes decisions older than <paramref name="before"/>. Commands and the audit are kept.</summary>
    Task<long> DeleteDecisionsAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
