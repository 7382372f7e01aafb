using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Ingest;

/// <summary>Drains the queue into commits of many batches, and tells the senders after each.</summary>
internal sealed partial class SampleWriter(
    IngestQueue queue,
    ICommitPath path,
    LatestBoard latest,
    IOptions<IngestOptions> options,
    ILogger<SampleWriter> logger) : BackgroundService
{
    private readonly List<IngestItem> _items = [];
    private readonly List<SampleBatch> _batches = [];
    private long _began = TimeProvider.System.GetTimestamp();

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

    /// <summary>
    /// Takes what is there. Commits begin no more often than once in <see cref="IngestOptions.CommitDelay"/>, so that
    /// each is worth its cost; one that took longer is followed at once by what came meanwhile.
    /// </summary>
    private async Task GatherAsync()
    {
        _items.Clear();
        _batches.Clear();
        var rows = Take(0);
        // Real time, not the fabric's: what is bounded is how long a sender waits.
        var wait = options.Value.CommitDelay - TimeProvider.System.GetElapsedTime(_began);
        if (rows < options.Value.CommitRows && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, TimeProvider.System);
            Take(rows);
        }

        _began = TimeProvider.System.GetTimestamp();
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
        var kept = _batches.Count > 0 ? await path.CommitAsync(_batches, stoppingToken) : [];
        if (kept is null)
        {
            return false;
        }

        foreach (var batch in kept.Where(b => b.Rows > 0))
        {
            latest.Update(batch);
        }

        foreach (var item in _items)
        {
            item.Committed();
        }

        return true;
    }

    [LoggerMessage(1202, LogLevel.Error,
        "Stopped with {Count} batches that the store did not take; they were not acknowledged and come again")]
    private partial void LogGivenUp(int count);
}
