using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

/// <summary>
/// What became of the rows that were offered to a <see cref="TelemetrySender"/>, at one moment. It always holds that
/// <see cref="Enqueued"/> is <see cref="Acknowledged"/> + <see cref="RefusedByCollector"/> + <see cref="Waiting"/>.
/// </summary>
public sealed record SenderCounters
{
    /// <summary>Rows taken into the outbox, with those that were restored from the journal.</summary>
    public long Enqueued { get; init; }

    /// <summary>Rows that the collector has committed.</summary>
    public long Acknowledged { get; init; }

    /// <summary>Rows that the collector has refused, with a reason. They are not sent again.</summary>
    public long RefusedByCollector { get; init; }

    /// <summary>Rows that were not taken, because the outbox was full or the sender was stopping.</summary>
    public long RefusedByOutbox { get; init; }

    /// <summary>Rows that were sent again after a stream broke.</summary>
    public long SentAgain { get; init; }

    /// <summary>Rows in the outbox, sent or not.</summary>
    public long Waiting { get; init; }

    /// <summary>Rows sent on the present stream and not acknowledged yet.</summary>
    public long InFlight { get; init; }

    /// <summary>Streams opened after the first one.</summary>
    public long Reconnects { get; init; }

    /// <summary>What became of rows on disk; null when they are in memory alone.</summary>
    public JournalCounters? Journal { get; init; }

    /// <summary>
    /// Rows refused by the collector, by the first reason given for each. Reasons that did not occur are absent.
    /// </summary>
    public IReadOnlyDictionary<RefusalReason, long> RefusedByReason { get; init; } =
        new Dictionary<RefusalReason, long>();
}
