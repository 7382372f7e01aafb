using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

/// <summary>Counts what became of rows. It has no lock of its own.</summary>
internal sealed class OutboxAccounts
{
    private readonly Dictionary<RefusalReason, long> _refusedByReason = [];
    private long _acknowledged;
    private long _refused;

    public long Enqueued { get; set; }

    public long NotTaken { get; set; }

    public long SentAgain { get; set; }

    /// <summary>Rows that the collector is done with.</summary>
    public long Freed => _acknowledged + _refused;

    public long Waiting => Enqueued - Freed;

    /// <summary>The collector is done with a batch.</summary>
    public void Free(OutboxBatch batch)
    {
        var refused = batch.Refused?.Count ?? 0;
        _refused += refused;
        _acknowledged += batch.Rows - refused;
        foreach (var reason in batch.Refused?.Values ?? [])
        {
            _refusedByReason[reason] = _refusedByReason.GetValueOrDefault(reason) + 1;
        }
    }

    public SenderCounters Snapshot(long inFlight, long reconnects) => new()
    {
        Enqueued = Enqueued,
        Acknowledged = _acknowledged,
        RefusedByCollector = _refused,
        RefusedByOutbox = NotTaken,
        SentAgain = SentAgain,
        Waiting = Waiting,
        InFlight = inFlight,
        Reconnects = reconnects,
        RefusedByReason = new Dictionary<RefusalReason, long>(_refusedByReason),
    };
}
