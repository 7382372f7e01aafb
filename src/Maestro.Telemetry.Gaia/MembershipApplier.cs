using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Gaia;

/// <summary>
/// Takes one change from where the topology shows it to the deployed topology. Every step begins with a reading, so
/// a lost reply, a restart and a second call all go on from what is really there.
/// </summary>
internal sealed class MembershipApplier(
    OrchestratorPool pool, TopologySource source, GaiaOptions options, TimeProvider time)
{
    // A set that was lost is idempotent and is sent once more; after that something is wrong that a third will not mend.
    private const int MaxSets = 2;

    /// <exception cref="GaiaException">There is no usable answer.</exception>
    public async Task<ApplyResult> ApplyAsync(MembershipChange change, CancellationToken cancellationToken)
    {
        var progress = new ChangeProgress();
        while (true)
        {
            var view = await ReadAsync(progress, cancellationToken);
            var assessment = ChangeAssessment.Of(view, change);
            if (Conclude(assessment, progress) is { } result)
            {
                return result;
            }

            if (progress.AppliedAt is { } appliedAt)
            {
                await WaitAsync(change, progress, appliedAt, cancellationToken);
            }
            else if (assessment.Stage == ChangeStage.Staged)
            {
                await DeployAsync(progress, cancellationToken);
            }
            else if (await StageAsync(change, progress, cancellationToken) is { } refused)
            {
                return refused;
            }
        }
    }

    private static ApplyResult? Conclude(ChangeAssessment assessment, ChangeProgress progress)
    {
        switch (assessment.Stage)
        {
            case ChangeStage.Deployed:
                return progress.AnythingSent
                    ? new(ApplyOutcome.Applied, assessment.Reason)
                    : new(ApplyOutcome.AlreadyDone, assessment.Reason);
            case ChangeStage.OutOfDate:
                return new(ApplyOutcome.RefusedOutOfDate, assessment.Reason);
            case var _ when progress.Refusal is { } refusal:
                return new(
                    ApplyOutcome.RefusedByOrchestrator,
                    $"{refusal.Message} The change is staged and not applied; apply or undo it on the Orchestrator.");
            case ChangeStage.ForeignPending when progress.AppliedAt is null:
                return new(ApplyOutcome.RefusedForeignPending, assessment.Reason);
            default:
                return null;
        }
    }

    private async Task<TopologyView> ReadAsync(ChangeProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(cancellationToken);
        }
        catch (GaiaException e) when (progress.AnythingSent)
        {
            throw new GaiaUnconfirmedException(
                $"The change was sent and the topology cannot be read to see what came of it. {e.Message}", e);
        }
    }

    /// <returns>The refusal, or null: the next reading tells.</returns>
    private async Task<ApplyResult?> StageAsync(
        MembershipChange change, ChangeProgress progress, CancellationToken cancellationToken)
    {
        if (progress.Failure is GaiaRefusedException refusal)
        {
            return new(ApplyOutcome.RefusedByOrchestrator, refusal.Message);
        }

        if (progress.Sets == MaxSets)
        {
            throw new GaiaUnconfirmedException(
                $"The assignment of SGM {change.Serial} to {ChangeAssessment.Place(change.To)} was sent {MaxSets} times "
                    + $"and is not staged. {progress.Failure?.Message}".TrimEnd(),
                progress.Failure);
        }

        try
        {
            await pool.ChangeAsync((client, token) => client.SetGatewayAsync(change.Serial, change.To, token), cancellationToken);
            progress.Sets++;
        }
        catch (GaiaRefusedException e) when (!e.MayHaveHappened)
        {
            return new(ApplyOutcome.RefusedByOrchestrator, e.Message);
        }
        catch (GaiaException e) when (e.MayHaveHappened)
        {
            progress.Sets++;
            progress.Failure = e;
        }
        catch (GaiaException e)
        {
            NotSent(progress, e);
        }

        return null;
    }

    private async Task DeployAsync(ChangeProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            await pool.ChangeAsync((client, token) => client.ApplyAsync(token), cancellationToken);
            progress.AppliedAt = time.GetTimestamp();
        }
        catch (GaiaRefusedException e)
        {
            progress.Refusal = e;
        }
        catch (GaiaException e) when (e.MayHaveHappened)
        {
            progress.AppliedAt = time.GetTimestamp();
            progress.Failure = e;
        }
        catch (GaiaException e)
        {
            NotSent(progress, e);
        }
    }

    // Another Orchestrator is read next; each gets one chance.
    private void NotSent(ChangeProgress progress, GaiaException e)
    {
        progress.NotSent++;
        if (progress.NotSent >= pool.Count)
        {
            throw progress.AnythingSent
                ? new GaiaUnconfirmedException($"The change is staged and the apply could not be sent. {e.Message}", e)
                : e;
        }
    }

    private async Task WaitAsync(
        MembershipChange change, ChangeProgress progress, long appliedAt, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(appliedAt) >= options.ConfirmTimeout)
        {
            throw new GaiaUnconfirmedException(
                $"The apply was sent, and the SGM {change.Serial} is not in {ChangeAssessment.Place(change.To)} after "
                    + $"{options.ConfirmTimeout.TotalSeconds:0.###} s. {progress.Failure?.Message}".TrimEnd(),
                progress.Failure);
        }

        await Task.Delay(options.PollInterval, time, cancellationToken);
    }
}
