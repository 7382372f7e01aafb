using Maestro.Telemetry.Server.Ingest;

namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>
/// Hands finished rows to the queue in their order; while that is full they wait here. Not safe for concurrent use.
/// </summary>
internal sealed class RowOutlet(IngestQueue queue, RowCounters counters)
{
    private readonly Queue<RowBatch> _blocked = [];

    /// <summary>Whether rows wait for the queue.</summary>
    public bool IsBlocked => _blocked.Count > 0;

    public void Add(RowBatch batch) => _blocked.Enqueue(batch);

    /// <summary>Hands on what the queue takes.</summary>
    public void Drain()
    {
        while (_blocked.TryPeek(out var batch) && queue.TryEnqueue(new IngestItem(batch.Batch, batch.Commit)))
        {
            _blocked.Dequeue();
            counters.CountAccepted(batch.Batch.Rows);
        }
    }
}
