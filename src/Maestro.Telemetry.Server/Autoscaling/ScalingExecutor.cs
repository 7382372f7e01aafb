using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Diagnostics;
using Maestro.Telemetry.Server.Fabrics;

namespace Maestro.Telemetry.Server.Autoscaling;

/// <summary>
/// Carries commands from the ledger to the Orchestrator, one at a time, and follows each to its end. All it knows is in
/// the ledger, so that a restart continues where it stopped.
/// </summary>
internal sealed partial class ScalingExecutor(
    ILedger ledger,
    IFabricController controller,
    PolicyCatalogue policies,
    CommandRecheck recheck,
    CommandCounters counters,
    FabricState fabric,
    IOptions<AutoscalerOptions> options,
    TimeProvider time,
    ILogger<ScalingExecutor> logger) : IDisposable
{
    public const string Actor = "autoscaler";

    // One change at a time over the whole environment: its pending topology is one and shared.
    private readonly SemaphoreSlim _one = new(1, 1);

    public void Dispose() => _one.Dispose();

    /// <summary>Takes every open command as far as it can go now.</summary>
    public async Task AdvanceAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await FollowAsync(cancellationToken);
            await SendNextAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Ends commands that are called off. What is being sent or was sent already goes on.</summary>
    /// <param name="withdrawals">As the plan has them; one that has ended, or is not known, is left alone.</param>
    public async Task WithdrawAsync(IReadOnlyCollection<Withdrawal> withdrawals, CancellationToken cancellationToken)
    {
        if (withdrawals.Count == 0)
        {
            return;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            // As it is now: an operator may have approved it since the plan was made.
            foreach (var command in await ledger.ListOpenCommandsAsync(cancellationToken))
            {
                if (withdrawals.FirstOrDefault(w => w.Id == command.Id) is { } withdrawal
                    && command.State is (CommandState.Proposed or CommandState.Approved)
                    && await StepAsync(
                        command,
                        CommandState.Expired,
                        $"The planner calls it off: {withdrawal.Sentence}.",
                        cancellationToken))
                {
                    counters.CountEnd(command, CommandState.Expired, time.GetUtcNow());
                }
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Looks whether applied commands have arrived, and ends those that nobody answered.</summary>
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var snapshot = fabric.Current;
        var open = await ledger.ListOpenCommandsAsync(cancellationToken);
        foreach (var command in open)
        {
            // What an operator has approved does not end because another change takes its time.
            var waits = open.Any(c => c.Site == command.Site && c.State is (CommandState.Applying or CommandState.Applied));
            var verdict = CommandFollower.Look(command, snapshot, time.GetUtcNow(), options.Value.JoinTimeout, waits);
            if (verdict is { } end && await StepAsync(command, end.State, end.Note, cancellationToken))
            {
                counters.CountEnd(command, end.State, time.GetUtcNow());
            }
        }
    }

    private async Task SendNextAsync(CancellationToken cancellationToken)
    {
        var open = await ledger.ListOpenCommandsAsync(cancellationToken);
        foreach (var command in CommandFollower.Sendable(open))
        {
            // What was sent a moment ago counts for what comes next.
            var now = await ledger.ListOpenCommandsAsync(cancellationToken);
            if (!await SendAsync(command, now, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>True when the next command may be tried.</summary>
    private async Task<bool> SendAsync(
        ScalingCommand command, IReadOnlyList<ScalingCommand> open, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        var pauses = await ledger.ListPausesAsync(asked, cancellationToken);
        if (CommandGate.Refuse(command, pauses, policies.All, asked) is { } refusal)
        {
            LogHeldBack(command.Id, refusal);
            return true;
        }

        if (!recheck.IsPossible)
        {
            LogHeldBack(command.Id, "Nothing was planned since the start.");
            return true;
        }

        // It may be sent long after it was planned, approved late or cut short by an outage: the rules are asked again.
        if (!recheck.IsDeployed(command) && recheck.Find(command, open) is { } finding)
        {
            await EndAsync(command, finding, cancellationToken);
            return true;
        }

        if (command.State is CommandState.Approved)
        {
            if (!await StepAsync(command, CommandState.Applying, "Sending it to the Orchestrator.", cancellationToken))
            {
                return true;
            }

            command = command with { State = CommandState.Applying };
        }

        return await ApplyAsync(command, cancellationToken);
    }

    private async Task EndAsync(ScalingCommand command, string finding, CancellationToken cancellationToken)
    {
        if (command.State is CommandState.Applying && recheck.IsStaged(command))
        {
            // It is never discarded by us: the pending topology is shared.
            counters.CountFailed();
            await StepAsync(
                command,
                CommandState.Failed,
                $"It no longer holds, but is staged on the Orchestrator: set SGM {command.Serial} back there. {finding}",
                cancellationToken);
        }
        else
        {
            await StepAsync(command, CommandState.Expired, $"It no longer holds: {finding}", cancellationToken);
        }
    }

    private async Task<bool> ApplyAsync(ScalingCommand command, CancellationToken cancellationToken)
    {
        using var span = Tracing.Apply(command.Id, command.Kind.ToString(), command.Serial.Value);
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            var change = new MembershipChange(command.Serial, command.From, command.To);
            var result = await controller.ApplyAsync(change, cancellationToken);
            counters.CountApply(result.Outcome, TimeProvider.System.GetElapsedTime(started));
            span?.SetTag("maestro.outcome", result.Outcome.ToString());
            LogOutcome(command.Kind, command.Serial, result.Outcome, result.Reason);
            await RecordAsync(command, result, cancellationToken);
            return true;
        }
        catch (FabricControllerException e)
        {
            // Applying stays: the next round reads first, and finds out whether it happened.
            counters.CountUnreachable();
            LogUnreachable(command.Id, e.MayHaveHappened, e);
            if (!e.MayHaveHappened)
            {
                await StepAsync(
                    command, CommandState.Approved, $"Not sent, will be tried again: {e.Message}", cancellationToken);
            }

            return false;
        }
    }

    private async Task RecordAsync(ScalingCommand command, ApplyResult result, CancellationToken cancellationToken)
    {
        switch (result.Outcome)
        {
            case ApplyOutcome.Applied or ApplyOutcome.AlreadyDone:
                counters.CountApplied(command.Kind);
                await StepAsync(command, CommandState.Applied, result.Reason, cancellationToken);
                break;
            case ApplyOutcome.RefusedForeignPending:
                // It may go as soon as the other administrator has applied or discarded; it expires if that takes long.
                await StepAsync(command, CommandState.Approved, result.Reason, cancellationToken);
                break;
            default:
                counters.CountFailed();
                await StepAsync(command, CommandState.Failed, result.Reason, cancellationToken);
                break;
        }
    }

    private Task<bool> StepAsync(
        ScalingCommand command, CommandState next, string note, CancellationToken cancellationToken) =>
        ledger.TransitionAsync(
            command.Id,
            command.State,
            next,
            new CommandStep(time.GetUtcNow(), next, Actor, note),
            cancellationToken);

    [LoggerMessage(1401, LogLevel.Information, "{Kind} of SGM {Serial}: {Outcome}. {Reason}")]
    private partial void LogOutcome(CommandKind kind, GatewaySerial serial, ApplyOutcome outcome, string reason);

    [LoggerMessage(1402, LogLevel.Warning,
        "Command {Id} got no answer from the Orchestrators (it may have happened: {MayHaveHappened})")]
    private partial void LogUnreachable(string id, bool mayHaveHappened, Exception exception);

    [LoggerMessage(1403, LogLevel.Debug, "Command {Id} is held back: {Reason}")]
    private partial void LogHeldBack(string id, string reason);
}
