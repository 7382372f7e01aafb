using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Ingest;

namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>
/// Hands finished rows to the queue in their order, neighbours of one SGM as one batch; while the queue is full they wait
/// here. Not safe for concurrent use.
/// </summary>
internal sealed class RowOutlet(IngestQueue queue, RowCounters counters)
{
    private const int MaxRows = 1_000;

    private readonly Queue<RowBatch> _waiting = [];
    private IngestItem? _next;

    /// <summary>Whether rows wait for the queue.</summary>
    public bool IsBlocked => _next is not null || _waiting.Count > 0;

    public void Add(RowBatch batch) => _waiting.Enqueue(batch);

    /// <summary>Hands on what the queue takes.</summary>
    public void Drain()
    {
        while ((_next ??= Gather()) is { Batch: { } batch } item && queue.TryEnqueue(item))
        {
            _next = null;
            counters.CountAccepted(batch.Rows);
        }
    }

    private IngestItem? Gather()
    {
        if (!_waiting.TryDequeue(out var first))
        {
            return null;
        }

        if (!_waiting.TryPeek(out var second) || !GoTogether(first.Batch, second.Batch))
        {
            return new IngestItem(first.Batch, first.Commit);
        }

        var rows = new List<RowBatch> { first };
        while (rows.Count < MaxRows && _waiting.TryPeek(out var next) && GoTogether(first.Batch, next.Batch))
        {
            rows.Add(_waiting.Dequeue());
        }

        return new IngestItem(Join(rows), () => rows.ForEach(row => row.Commit()));
    }

    // The same columns are the same lists: whoever makes rows sees to that.
    private static bool GoTogether(SampleBatch first, SampleBatch next) =>
        ReferenceEquals(first.Metrics, next.Metrics)
        && ReferenceEquals(first.Cores, next.Cores)
        && first.Serial == next.Serial
        && first.Group == next.Group;

    private static SampleBatch Join(List<RowBatch> rows)
    {
        var first = rows[0].Batch;
        var times = new long[rows.Count];
        var values = new double[rows.Count * first.Metrics.Count];
        var cores = new double[rows.Count * first.Cores.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i].Batch;
            times[i] = row.TimestampsMs.Span[0];
            row.Values.CopyTo(values.AsMemory(i * first.Metrics.Count));
            row.CoreValues.CopyTo(cores.AsMemory(i * first.Cores.Count));
        }

        return new SampleBatch
        {
            Serial = first.Serial,
            Group = first.Group,
            Metrics = first.Metrics,
            Cores = first.Cores,
            TimestampsMs = times,
            Values = values,
            CoreValues = cores,
        };
    }
}
