using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Autoscaling;

namespace Maestro.Telemetry.Server.Control;

/// <summary>What an operator may do: approve, reject, pause, resume. Each leaves its trace in the ledger.</summary>
internal sealed partial class OperatorActions(
    ILedger ledger, PlanBoard board, TimeProvider time, ILogger<OperatorActions> logger)
{
    public Task<OperatorAnswer> ApproveAsync(string id, string actor, CancellationToken cancellationToken) =>
        AnswerAsync(id, CommandState.Approved, actor, "Approved.", cancellationToken);

    public Task<OperatorAnswer> RejectAsync(
        string id, string actor, string reason, CancellationToken cancellationToken) =>
        AnswerAsync(
            id, CommandState.Rejected, actor, reason.Length == 0 ? "Rejected." : $"Rejected: {reason}", cancellationToken);

    public async Task<IReadOnlyList<PauseRecord>> PauseAsync(
        PauseScope scope, string actor, string reason, TimeSpan? duration, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var pause = new PauseRecord(scope.Group, actor, reason, now, now + duration, scope.Direction, scope.Site);
        await ledger.PauseAsync(pause, cancellationToken);
        LogPaused(pause.Scope, actor, reason);
        return await ledger.ListPausesAsync(now, cancellationToken);
    }

    /// <summary>Whether there was a pause to end, and the pauses that are left.</summary>
    public async Task<(bool Ended, IReadOnlyList<PauseRecord> Pauses)> ResumeAsync(
        PauseScope scope, string actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ended = await ledger.ResumeAsync(scope, actor, now, cancellationToken);
        if (ended)
        {
            LogResumed(new PauseRecord(scope.Group, actor, "", now, null, scope.Direction, scope.Site).Scope, actor);
        }

        return (ended, await ledger.ListPausesAsync(now, cancellationToken));
    }

    private async Task<OperatorAnswer> AnswerAsync(
        string id, CommandState next, string actor, string note, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var command = await ledger.GetCommandAsync(id, cancellationToken);
        if (command is null)
        {
            return new OperatorAnswer(null, $"No command has the id '{id}'; `maestro status` lists the open ones.");
        }

        if (command.State is not CommandState.Proposed || now >= command.ExpiresAt)
        {
            var state = command.State is CommandState.Proposed ? CommandState.Expired : command.State;
            return new OperatorAnswer(command, $"Command {id} is {state}; only a proposed one can be answered.");
        }

        if (next == CommandState.Approved && board.Input is { } input && ApprovalRules.Why(input, command) is { } why)
        {
            return new OperatorAnswer(
                command,
                $"Command {id} takes an SGM from group {command.From}, and cannot be approved now: {why}. Approve it when the "
                    + "telemetry is good again; the planner calls it off if that takes long.");
        }

        var done = await ledger.TransitionAsync(
            id, CommandState.Proposed, next, new CommandStep(now, next, actor, note), cancellationToken);
        LogAnswered(id, next, actor);
        return done
            ? new OperatorAnswer(await ledger.GetCommandAsync(id, cancellationToken), null)
            : new OperatorAnswer(command, $"Command {id} was answered by somebody else at the same time.");
    }

    [LoggerMessage(1501, LogLevel.Information, "Command {Id} is {State} by {Actor}")]
    private partial void LogAnswered(string id, CommandState state, string actor);

    [LoggerMessage(1502, LogLevel.Warning, "{Actor} has paused {Scope}: {Reason}")]
    private partial void LogPaused(string scope, string actor, string reason);

    [LoggerMessage(1503, LogLevel.Information, "{Actor} has resumed {Scope}")]
    private partial void LogResumed(string scope, string actor);
}
