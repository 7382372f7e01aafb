using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Ingest.Spooling;

/// <summary>
/// To the store or, when it is down or slow, to the spool: either is durable. When both take nothing, senders wait.
/// </summary>
internal sealed partial class SpooledCommit(
    StoreWriter writer,
    ISampleSpool spool,
    StoreGate gate,
    StoreHealth health,
    RowCounters counters,
    IOptions<SpoolOptions> options,
    TimeProvider time,
    ILogger<SpooledCommit> logger) : ICommitPath
{
    public async Task<IReadOnlyList<SampleBatch>?> CommitAsync(
        IReadOnlyList<SampleBatch> batches, CancellationToken stoppingToken)
    {
        for (var retry = new Retry(); ;)
        {
            if ((!gate.IsClosed || gate.IsFull) && await TryStoreAsync(batches) is { } stored)
            {
                return stored;
            }

            if (await TrySpoolAsync(batches))
            {
                return batches;
            }

            if (stoppingToken.IsCancellationRequested)
            {
                return null;
            }

            await retry.WaitAsync(stoppingToken);
        }
    }

    private async Task<IReadOnlyList<SampleBatch>?> TryStoreAsync(IReadOnlyList<SampleBatch> batches)
    {
        using var patience = new CancellationTokenSource(options.Value.Patience, TimeProvider.System);
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            var stored = await writer.WriteAsync(batches, RowOrigin.Flight, patience.Token);
            gate.Open();
            return stored;
        }
        catch (StoreUnavailableException e)
        {
            Fail(e, e.Message);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested)
        {
            Fail(e, $"The store has not answered within {options.Value.Patience.TotalSeconds:0.#} s "
                + "(Maestro:Spool:Patience).");
        }
        finally
        {
            gate.LiveCommit = TimeProvider.System.GetElapsedTime(started);
        }

        return null;
    }

    private void Fail(Exception failure, string problem)
    {
        gate.Close();
        if (health.Failed($"{problem} Samples are kept in the spool and follow when it answers."))
        {
            LogSpooling(failure);
        }
    }

    private async Task<bool> TrySpoolAsync(IReadOnlyList<SampleBatch> batches)
    {
        try
        {
            await spool.AppendAsync(batches, time.GetUtcNow(), CancellationToken.None);
            counters.CountSpooled(batches.Sum(b => (long)b.Rows));
            gate.Spooled(taken: true);
            return true;
        }
        catch (Exception e) when (e is SpoolFullException or StoreUnavailableException)
        {
            if (!gate.IsFull)
            {
                LogFull(e);
            }

            health.Failed($"{e.Message} Senders are not acknowledged and wait.");
            gate.Spooled(taken: false);
            return false;
        }
    }

    [LoggerMessage(1206, LogLevel.Warning, "The store takes no samples; they go to the spool")]
    private partial void LogSpooling(Exception exception);

    [LoggerMessage(1207, LogLevel.Error, "Neither the store nor the spool takes samples; senders wait")]
    private partial void LogFull(Exception exception);
}
