using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Server.Ingest;

/// <summary>
/// Rows since the start, by outcome. Each row received is either refused or accepted; each row accepted becomes stored,
/// merged into a stored one, or a duplicate, and until then is in flight or in the spool; what the spool gives up is
/// expired.
/// </summary>
internal sealed class RowCounters
{
    public const string MeterName = "Maestro.Telemetry.Collector";

    private readonly ConcurrentDictionary<string, long> _refusedByReason = new(StringComparer.Ordinal);
    private readonly Counter<long> _rows;
    private readonly Counter<long> _ignoredColumns;
    private readonly Counter<long> _streams;
    private readonly Histogram<double> _commitSeconds;
    private readonly Histogram<long> _commitRows;
    private long _accepted;
    private long _refused;
    private long _stored;
    private long _merged;
    private long _duplicates;
    private long _spooled;
    private long _expired;
    private long _landed;
    private long _openStreams;

    public RowCounters(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _rows = meter.CreateCounter<long>("maestro.collector.rows", "{row}", "Rows of samples by outcome.");
        _ignoredColumns = meter.CreateCounter<long>(
            "maestro.collector.unknown_columns", "{column}", "Columns that no metric is known for.");
        _streams = meter.CreateCounter<long>("maestro.collector.streams_opened", "{stream}", "Streams by outcome.");
        _commitSeconds = meter.CreateHistogram<double>(
            "maestro.collector.commit_duration", "s", "Time that a commit takes.");
        _commitRows = meter.CreateHistogram<long>("maestro.collector.commit_size", "{row}", "Rows of a commit.");
        meter.CreateObservableUpDownCounter(
            "maestro.collector.streams_open", () => OpenStreams, "{stream}", "Streams open now.");
        meter.CreateObservableUpDownCounter(
            "maestro.collector.rows_in_flight", () => InFlight, "{row}", "Rows accepted and not yet committed.");
    }

    public long Accepted => Interlocked.Read(ref _accepted);

    public long Refused => Interlocked.Read(ref _refused);

    public long Stored => Interlocked.Read(ref _stored);

    /// <summary>Rows that added metrics or cores to a row that was stored before.</summary>
    public long Merged => Interlocked.Read(ref _merged);

    public long Duplicates => Interlocked.Read(ref _duplicates);

    public long OpenStreams => Interlocked.Read(ref _openStreams);

    /// <summary>Rows that went to the spool; those that followed from there to the store are counted as stored too.</summary>
    public long Spooled => Interlocked.Read(ref _spooled);

    /// <summary>Rows that were in the spool for too long.</summary>
    public long Expired => Interlocked.Read(ref _expired);

    /// <summary>Rows accepted that are neither in the store nor in the spool.</summary>
    public long InFlight => Accepted - Interlocked.Read(ref _landed);

    public IReadOnlyDictionary<string, long> RefusedByReason => _refusedByReason;

    public void CountAccepted(int rows)
    {
        Interlocked.Add(ref _accepted, rows);
        _rows.Add(rows, new KeyValuePair<string, object?>("outcome", "accepted"));
    }

    /// <summary>Rows that were counted as accepted and do not get to the store. Counters only grow, so that this is one.</summary>
    /// <param name="from">Where they were.</param>
    public void CountWithdrawn(int rows, RowOrigin from = RowOrigin.Flight)
    {
        Interlocked.Add(ref _accepted, -rows);
        Interlocked.Add(ref _landed, from is RowOrigin.Spool ? -rows : 0);
        _rows.Add(rows, new KeyValuePair<string, object?>("outcome", "withdrawn"));
    }

    public void CountRefused(int rows, string reason)
    {
        Interlocked.Add(ref _refused, rows);
        _refusedByReason.AddOrUpdate(reason, rows, (_, before) => before + rows);
        _rows.Add(
            rows,
            new KeyValuePair<string, object?>("outcome", "refused"),
            new KeyValuePair<string, object?>("reason", reason));
    }

    /// <param name="result">What became of the rows.</param>
    /// <param name="from">Where they were.</param>
    /// <param name="elapsed">Time that the commit took.</param>
    public void CountCommitted(StoreResult result, RowOrigin from, TimeSpan elapsed)
    {
        var rows = result.Stored + result.Merged + result.Duplicates;
        Interlocked.Add(ref _landed, from is RowOrigin.Flight ? rows : 0);
        Interlocked.Add(ref _stored, result.Stored);
        Interlocked.Add(ref _merged, result.Merged);
        Interlocked.Add(ref _duplicates, result.Duplicates);
        _rows.Add(result.Stored, new KeyValuePair<string, object?>("outcome", "stored"));
        if (result.Merged > 0)
        {
            _rows.Add(result.Merged, new KeyValuePair<string, object?>("outcome", "merged"));
        }

        if (result.Duplicates > 0)
        {
            _rows.Add(result.Duplicates, new KeyValuePair<string, object?>("outcome", "duplicate"));
        }

        _commitSeconds.Record(elapsed.TotalSeconds);
        _commitRows.Record(rows);
    }

    public void CountSpooled(long rows)
    {
        Interlocked.Add(ref _spooled, rows);
        Interlocked.Add(ref _landed, rows);
        _rows.Add(rows, new KeyValuePair<string, object?>("outcome", "spooled"));
    }

    public void CountExpired(long rows)
    {
        Interlocked.Add(ref _expired, rows);
        _rows.Add(rows, new KeyValuePair<string, object?>("outcome", "expired"));
    }

    public void CountUnknownColumns(int columns) => _ignoredColumns.Add(columns);

    public void CountStreamOpened()
    {
        Interlocked.Increment(ref _openStreams);
        _streams.Add(1, new KeyValuePair<string, object?>("outcome", "accepted"));
    }

    public void CountStreamClosed() => Interlocked.Decrement(ref _openStreams);

    public void CountStreamRefused(string reason) => _streams.Add(
        1,
        new KeyValuePair<string, object?>("outcome", "refused"),
        new KeyValuePair<string, object?>("reason", reason));
}
