using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Server.Control;

/// <summary>What an operator may do: approve, reject, pause, resume. Each leaves its trace in the ledger.</summary>
internal sealed partial class OperatorActions(ILedger ledger, TimeProvider time, ILogger<OperatorActions> logger)
{
    public Task<OperatorAnswer> ApproveAsync(string id, string actor, CancellationToken cancellationToken) =>
        AnswerAsync(id, CommandState.Approved, actor, "Approved.", cancellationToken);

    public Task<OperatorAnswer> RejectAsync(
        string id, string actor, string reason, CancellationToken cancellationToken) =>
        AnswerAsync(
            id, CommandState.Rejected, actor, reason.Length == 0 ? "Rejected." : $"Rejected: {reason}", cancellationToken);

    public async Task<IReadOnlyList<PauseRecord>> PauseAsync(
        int group, string actor, string reason, TimeSpan? duration, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await ledger.PauseAsync(new PauseRecord(Scope(group), actor, reason, now, now + duration), cancellationToken);
        LogPaused(group, actor, reason);
        return await ledger.ListPausesAsync(now, cancellationToken);
    }

    /// <summary>Whether there was a pause to end, and the pauses that are left.</summary>
    public async Task<(bool Ended, IReadOnlyList<PauseRecord> Pauses)> ResumeAsync(
        int group, string actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ended = await ledger.ResumeAsync(Scope(group), actor, now, cancellationToken);
        if (ended)
        {
            LogResumed(group, actor);
        }

        return (ended, await ledger.ListPausesAsync(now, cancellationToken));
    }

    private static SecurityGroupId? Scope(int group) => group == 0 ? null : new SecurityGroupId(group);

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

        var done = await ledger.TransitionAsync(
            id, CommandState.Proposed, next, new CommandStep(now, next, actor, note), cancellationToken);
        LogAnswered(id, next, actor);
        return done
            ? new OperatorAnswer(await ledger.GetCommandAsync(id, cancellationToken), null)
            : new OperatorAnswer(command, $"Command {id} was answered by somebody else at the same time.");
    }

    [LoggerMessage(1501, LogLevel.Information, "Command {Id} is {State} by {Actor}")]
    private partial void LogAnswered(string id, CommandState state, string actor);

    [LoggerMessage(1502, LogLevel.Warning, "Group {Group} (0 is everything) is paused by {Actor}: {Reason}")]
    private partial void LogPaused(int group, string actor, string reason);

    [LoggerMessage(1503, LogLevel.Information, "Group {Group} (0 is everything) is resumed by {Actor}")]
    private partial void LogResumed(int group, string actor);
}
