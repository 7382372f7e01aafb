using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Forecasting;

namespace Maestro.Telemetry.Server.Ingest;

/// <summary>
/// Drains the queue into transactions and tells the senders after each commit. While the store cannot take anything,
/// it tries again; nothing is acknowledged, the queue fills, and the senders wait.
/// </summary>
internal sealed partial class SampleWriter(
    IngestQueue queue,
    ITelemetryStore store,
    RowCounters counters,
    LatestBoard latest,
    DemandBoard demand,
    StoreHealth health,
    IOptions<IngestOptions> options,
    ILogger<SampleWriter> logger) : BackgroundService
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(5);

    private readonly List<IngestItem> _items = [];
    private readonly List<SampleBatch> _batches = [];
    private readonly HashSet<SampleBatch> _malformed = [];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The web server has stopped taking streams by now; what is queued is still written and acknowledged.
        queue.Complete();
        if (ExecuteTask is { } writing)
        {
            await Task.WhenAny(writing, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            await GatherAsync();
            if (!await CommitAsync(stoppingToken))
            {
                LogGivenUp(_items.Count);
                return;
            }
        }
    }

    /// <summary>Takes what is there; while it is little, waits once for more, so that a commit is worth its cost.</summary>
    private async Task GatherAsync()
    {
        _items.Clear();
        _batches.Clear();
        _malformed.Clear();
        var rows = Take(0);
        if (rows < options.Value.CommitRows && options.Value.CommitDelay > TimeSpan.Zero)
        {
            // Real time, not the fabric's: what is bounded is how long a sender waits.
            await Task.Delay(options.Value.CommitDelay, TimeProvider.System);
            Take(rows);
        }
    }

    private int Take(int rows)
    {
        while (rows < options.Value.CommitRows && queue.Reader.TryRead(out var item))
        {
            _items.Add(item);
            if (item.Batch is { } batch)
            {
                _batches.Add(batch);
                rows += batch.Rows;
            }
        }

        return rows;
    }

    private async Task<bool> CommitAsync(CancellationToken stoppingToken)
    {
        if (_batches.Count > 0 && !await WriteAsync(_batches, stoppingToken))
        {
            return false;
        }

        foreach (var item in _items)
        {
            if (item.Batch is { Rows: > 0 } batch && !_malformed.Contains(batch))
            {
                latest.Update(batch);
                demand.Committed(OldestMs(batch));
            }

            item.Committed();
        }

        return true;
    }

    private static long OldestMs(SampleBatch batch)
    {
        var oldest = long.MaxValue;
        foreach (var time in batch.TimestampsMs.Span)
        {
            oldest = Math.Min(oldest, time);
        }

        return oldest;
    }

    private async Task<bool> WriteAsync(IReadOnlyList<SampleBatch> batches, CancellationToken stoppingToken)
    {
        try
        {
            return await WriteWholeAsync(batches, stoppingToken);
        }
        catch (ArgumentException e) when (batches is [var malformed])
        {
            // A mistake of ours, which trying again does not mend; nobody else's samples may wait for it.
            counters.CountWithdrawn(malformed.Rows);
            counters.CountRefused(malformed.Rows, "Malformed");
            LogMalformed(malformed.Serial, e);
            return _malformed.Add(malformed);
        }
        catch (ArgumentException)
        {
            // One of them; nothing of the transaction was stored.
            foreach (var batch in batches)
            {
                if (!await WriteAsync([batch], stoppingToken))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private async Task<bool> WriteWholeAsync(IReadOnlyList<SampleBatch> batches, CancellationToken stoppingToken)
    {
        for (var retry = FirstRetry; ; retry = TimeSpan.FromTicks(Math.Min(retry.Ticks * 2, LastRetry.Ticks)))
        {
            var started = TimeProvider.System.GetTimestamp();
            try
            {
                var result = await store.WriteAsync(batches, CancellationToken.None);
                counters.CountCommitted(result, TimeProvider.System.GetElapsedTime(started));
                health.Succeeded();
                return true;
            }
            catch (StoreUnavailableException e) when (!stoppingToken.IsCancellationRequested)
            {
                if (health.Failed(e.Message))
                {
                    LogStoreUnavailable(e);
                }
            }
            catch (StoreUnavailableException e)
            {
                LogStoreUnavailable(e);
                return false;
            }

            await Task.Delay(retry, TimeProvider.System, stoppingToken)
                .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    [LoggerMessage(1201, LogLevel.Error, "The store takes no samples; senders are not acknowledged and wait")]
    private partial void LogStoreUnavailable(Exception exception);

    [LoggerMessage(1205, LogLevel.Error, "The store refuses a batch of SGM {Serial} for good; its rows are lost")]
    private partial void LogMalformed(GatewaySerial serial, Exception exception);

    [LoggerMessage(1202, LogLevel.Error,
        "Stopped with {Count} batches that the store did not take; they were not acknowledged and come again")]
    private partial void LogGivenUp(int count);
}
