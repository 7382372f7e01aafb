using System.Diagnostics.CodeAnalysis;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

/// <summary>
/// Every row that was taken and is not acknowledged yet: waiting, formed into batches, or in flight. It does no I/O
/// and knows no clock; all members may be called from any thread.
/// </summary>
internal sealed class Outbox
{
    private readonly Lock _lock = new();
    private readonly int _columns;
    private readonly long _capacity;
    private readonly int _ownBatchRows;
    private readonly int _ownWindow;
    private readonly Dictionary<RefusalReason, long> _refusedByReason = [];
    private readonly List<(long Target, TaskCompletionSource Done)> _flushes = [];

    // A row is in exactly one of these: open, then sealed, then in flight (or to be sent again, and in flight again).
    private Batch? _open;
    private readonly LinkedList<Batch> _sealed = [];
    private Queue<OutboxBatch> _again = new();
    private Queue<OutboxBatch> _inFlight = new();

    private ulong _lastSequence;
    private int _batchRows;
    private int _window;
    private bool _openIsDue;
    private bool _closed;
    private long _flushTarget;
    private TaskCompletionSource? _room;

    private long _enqueued;
    private long _acknowledged;
    private long _refused;
    private long _notTaken;
    private long _sentAgain;
    private long _inFlightRows;

    public Outbox(TelemetrySenderOptions options, int columns, ulong lastSequence)
    {
        _columns = columns;
        _ownBatchRows = _batchRows = options.BatchRows;
        _ownWindow = _window = options.MaxWindowBatches;
        _lastSequence = lastSequence;

        // All rows have the same size, so that both bounds are one number.
        var rowBytes = sizeof(long) + ((long)columns * sizeof(double));
        _capacity = Math.Max(1, Math.Min(options.MaxOutboxRows, options.MaxOutboxBytes / rowBytes));
    }

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return Waiting == 0;
            }
        }
    }

    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _closed;
            }
        }
    }

    public int BatchesInFlight
    {
        get
        {
            lock (_lock)
            {
                return _inFlight.Count;
            }
        }
    }

    private long Freed => _acknowledged + _refused;

    private long Waiting => _enqueued - Freed;

    public SenderCounters Snapshot(long reconnects)
    {
        lock (_lock)
        {
            return new()
            {
                Enqueued = _enqueued,
                Acknowledged = _acknowledged,
                RefusedByCollector = _refused,
                RefusedByOutbox = _notTaken,
                SentAgain = _sentAgain,
                Waiting = Waiting,
                InFlight = _inFlightRows,
                Reconnects = reconnects,
                RefusedByReason = new Dictionary<RefusalReason, long>(_refusedByReason),
            };
        }
    }

    /// <summary>Takes as many of the rows as there is room for, the first ones first; the others are not counted.</summary>
    public OutboxTaken Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return default;
            }

            var count = (int)Math.Min(timestamps.Length, _capacity - Waiting);
            var opened = false;
            var ready = false;
            for (var taken = 0; taken < count;)
            {
                opened |= _open is null;
                _open ??= new Batch();
                var some = Math.Min(count - taken, Math.Max(1, _batchRows - _open.TimestampsUnixMs.Count));
                Append(_open, timestamps.Slice(taken, some), values.Slice(taken * _columns, some * _columns));
                taken += some;
                if (_open.TimestampsUnixMs.Count >= _batchRows)
                {
                    Seal();
                    ready = true;
                }
            }

            _enqueued += count;
            return new(count, opened && _open is not null, ready || Waiting == _capacity);
        }
    }

    /// <summary>Counts rows that were offered and not taken.</summary>
    public void CountNotTaken(int rows)
    {
        lock (_lock)
        {
            _notTaken += rows;
        }
    }

    /// <summary>Completes when there is room for a row, or when there will never be again.</summary>
    public Task WaitForRoomAsync()
    {
        lock (_lock)
        {
            return _closed || Waiting < _capacity
                ? Task.CompletedTask
                : (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Completes when every row taken so far is acknowledged or refused.</summary>
    public Task WaitForFlushAsync()
    {
        lock (_lock)
        {
            if (Waiting == 0)
            {
                return Task.CompletedTask;
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _flushTarget = _enqueued;
            _flushes.Add((_enqueued, done));
            return done.Task;
        }
    }

    /// <summary>The batch that is being formed has waited long enough.</summary>
    public void Linger()
    {
        lock (_lock)
        {
            _openIsDue = _open is not null;
        }
    }

    /// <summary>Takes no more rows; what is there is still to be sent.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _room?.TrySetResult();
            _room = null;
        }
    }

    /// <summary>Ends the waits for a flush that will not come.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            foreach (var (_, done) in _flushes)
            {
                done.TrySetException(new InvalidOperationException(
                    $"The sender has stopped with {Waiting} rows that the collector has not acknowledged."));
            }

            _flushes.Clear();
        }
    }

    /// <summary>Takes over what the collector allows; a number that it does not give stays ours.</summary>
    public void Apply(FlowHint? hint)
    {
        lock (_lock)
        {
            _window = Lower(_ownWindow, hint?.WindowBatches ?? 0);
            _batchRows = Lower(_ownBatchRows, hint?.MaxBatchRows ?? 0);
        }

        static int Lower(int own, uint theirs) => theirs == 0 ? own : (int)Math.Min((uint)own, theirs);
    }

    /// <summary>The next batch to write: what is to be sent again first, in order. False when there is none now.</summary>
    public bool TryTake([NotNullWhen(true)] out StreamRequest? request)
    {
        lock (_lock)
        {
            request = null;
            if (_inFlight.Count >= _window)
            {
                return false;
            }

            if (_again.TryDequeue(out var batch))
            {
                _sentAgain += batch.Rows;
            }
            else if (!TryNumberNext(out batch))
            {
                return false;
            }

            _inFlight.Enqueue(batch);
            _inFlightRows += batch.Rows;
            request = batch.Request;
            return true;
        }
    }

    /// <summary>Frees what the collector is done with.</summary>
    /// <exception cref="StreamFailedException">It speaks of a batch that was never sent.</exception>
    public void Acknowledge(Acknowledgement acknowledgement)
    {
        lock (_lock)
        {
            var upTo = acknowledgement.UpToSequence;
            if (upTo > _lastSequence)
            {
                throw new StreamFailedException("OutOfRange", rejected: true,
                    $"up_to_sequence is {upTo}, but the last batch sent is {_lastSequence}. "
                        + "Check that both ends are of the same release.");
            }

            foreach (var refusal in acknowledgement.Refusals)
            {
                Find(refusal.Sequence)?.Mark(refusal);
            }

            _inFlightRows -= Free(_inFlight, upTo);
            Free(_again, upTo);
            Wake();
        }
    }

    /// <summary>The stream is gone: everything in flight is to be sent again, in order, with the same numbers.</summary>
    public void Rewind()
    {
        lock (_lock)
        {
            foreach (var batch in _inFlight)
            {
                batch.Unmark();
            }

            foreach (var batch in _again)
            {
                _inFlight.Enqueue(batch);
            }

            _again.Clear();
            (_again, _inFlight) = (_inFlight, _again);
            _inFlightRows = 0;
        }
    }

    private static void Append(Batch batch, ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        if (batch.TimestampsUnixMs.Count == 0)
        {
            batch.TimestampsUnixMs.Capacity = timestamps.Length;
            batch.Values.Capacity = values.Length;
        }

        foreach (var timestamp in timestamps)
        {
            batch.TimestampsUnixMs.Add(timestamp);
        }

        foreach (var value in values)
        {
            batch.Values.Add(value);
        }
    }

    private void Seal()
    {
        _sealed.AddLast(_open!);
        _open = null;
        _openIsDue = false;
    }

    private bool TryNumberNext([NotNullWhen(true)] out OutboxBatch? numbered)
    {
        numbered = null;
        if (_sealed.Count == 0 && _open is not null && OpenIsDue(_open))
        {
            Seal();
        }

        if (_sealed.First is not { Value: var batch } first)
        {
            return false;
        }

        if (batch.TimestampsUnixMs.Count > _batchRows)
        {
            // It was formed before the collector said how many rows it takes.
            _sealed.AddAfter(first, Part(batch, _batchRows, batch.TimestampsUnixMs.Count));
            batch = Part(batch, 0, _batchRows);
        }

        _sealed.Remove(first);
        batch.Sequence = ++_lastSequence;
        numbered = new(batch);
        return true;
    }

    // A full outbox is due as well: no row can join the batch before something is acknowledged.
    private bool OpenIsDue(Batch open) =>
        _openIsDue || _closed || Waiting >= _capacity || _enqueued - open.TimestampsUnixMs.Count < _flushTarget;

    private Batch Part(Batch batch, int from, int to)
    {
        var part = new Batch();
        part.TimestampsUnixMs.AddRange(batch.TimestampsUnixMs.Skip(from).Take(to - from));
        part.Values.AddRange(batch.Values.Skip(from * _columns).Take((to - from) * _columns));
        return part;
    }

    private OutboxBatch? Find(ulong sequence) =>
        _inFlight.FirstOrDefault(b => b.Sequence == sequence) ?? _again.FirstOrDefault(b => b.Sequence == sequence);

    private long Free(Queue<OutboxBatch> queue, ulong upTo)
    {
        var rows = 0L;
        while (queue.TryPeek(out var batch) && batch.Sequence <= upTo)
        {
            queue.Dequeue();
            rows += batch.Rows;
            var refused = batch.Refused?.Count ?? 0;
            _refused += refused;
            _acknowledged += batch.Rows - refused;
            foreach (var reason in batch.Refused?.Values ?? [])
            {
                _refusedByReason[reason] = _refusedByReason.GetValueOrDefault(reason) + 1;
            }
        }

        return rows;
    }

    private void Wake()
    {
        _room?.TrySetResult();
        _room = null;
        for (var i = _flushes.Count - 1; i >= 0; i--)
        {
            if (_flushes[i].Target <= Freed)
            {
                _flushes[i].Done.TrySetResult();
                _flushes.RemoveAt(i);
            }
        }
    }
}
