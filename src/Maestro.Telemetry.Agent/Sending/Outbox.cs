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
    private readonly List<(long Target, TaskCompletionSource Done)> _flushes = [];

    // A row is in exactly one of these.
    private readonly BatchFormer _unsent;
    private readonly SentBatches _sent;
    private readonly OutboxAccounts _accounts = new();

    private ulong _lastSequence;
    private int _batchRows;
    private int _window;
    private bool _closed;
    private bool _abandoned;
    private long _flushTarget;
    private TaskCompletionSource? _room;

    public Outbox(TelemetrySenderOptions options, int columns, ulong lastSequence)
    {
        _columns = columns;
        _unsent = new(columns);
        _sent = new(columns);
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
                return _sent.InFlight;
            }
        }
    }

    /// <summary>Rows that the collector is done with, restored ones included.</summary>
    public long Freed
    {
        get
        {
            lock (_lock)
            {
                return _accounts.Freed;
            }
        }
    }

    private long Waiting => _accounts.Waiting;

    // Whether the batch that waits for more may go as it is. A full outbox takes no row that could join it.
    private bool OpenIsDue =>
        _unsent.IsDue || _closed || Waiting >= _capacity || _accounts.Enqueued - _unsent.OpenRows < _flushTarget;

    public SenderCounters Snapshot(long reconnects)
    {
        lock (_lock)
        {
            return _accounts.Snapshot(_sent.RowsInFlight, reconnects);
        }
    }

    /// <summary>
    /// Takes as many of the rows as there is room for, the first ones first; the others are not counted.
    /// </summary>
    public OutboxTaken Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return default;
            }

            var count = (int)Math.Clamp(_capacity - Waiting, 0, timestamps.Length);
            var (opened, filled) = _unsent.Append(timestamps[..count], values[..(count * _columns)], _batchRows);
            _accounts.Enqueued += count;
            return new(count, opened, filled || Waiting >= _capacity);
        }
    }

    /// <summary>
    /// Takes back a row that an earlier process left. It may be one more than there is room for: then no others are
    /// taken until there is room again.
    /// </summary>
    public void Restore(long timestamp, ReadOnlySpan<double> row)
    {
        lock (_lock)
        {
            _unsent.Append([timestamp], row, _ownBatchRows);
            _accounts.Enqueued++;
        }
    }

    /// <summary>Counts rows that were offered and not taken.</summary>
    public void CountNotTaken(int rows)
    {
        lock (_lock)
        {
            _accounts.NotTaken += rows;
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

            if (_abandoned)
            {
                return Task.FromException(LeftBehind());
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _flushTarget = _accounts.Enqueued;
            _flushes.Add((_accounts.Enqueued, done));
            return done.Task;
        }
    }

    /// <summary>The batch that is being formed has waited long enough.</summary>
    public void Linger()
    {
        lock (_lock)
        {
            _unsent.MarkDue();
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
            _abandoned = true;
            foreach (var (_, done) in _flushes)
            {
                done.TrySetException(LeftBehind());
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

    /// <summary>
    /// The next batch to write: what is to be sent again first, in order. False when there is none now.
    /// </summary>
    public bool TryTake([NotNullWhen(true)] out StreamRequest? request)
    {
        lock (_lock)
        {
            request = null;
            if (_sent.InFlight >= _window)
            {
                return false;
            }

            if (_sent.TryTakeAgain(_batchRows, ref _lastSequence, out var batch))
            {
                _accounts.SentAgain += batch.Rows;
            }
            else if (_unsent.TryTake(_batchRows, OpenIsDue, out var unsent))
            {
                unsent.Sequence = ++_lastSequence;
                batch = new(unsent);
            }
            else
            {
                return false;
            }

            _sent.Add(batch);
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
                _sent.Find(refusal.Sequence)?.Mark(refusal);
            }

            while (_sent.TryFree(upTo, out var batch))
            {
                _accounts.Free(batch);
            }

            Wake();
        }
    }

    /// <summary>
    /// The stream is gone: everything in flight is to be sent again, in order, with the same numbers unless the
    /// collector takes fewer rows at once by then.
    /// </summary>
    public void Rewind()
    {
        lock (_lock)
        {
            _sent.Rewind();
        }
    }

    private InvalidOperationException LeftBehind() =>
        new($"The sender has stopped with {Waiting} rows that the collector has not acknowledged.");

    private void Wake()
    {
        _room?.TrySetResult();
        _room = null;
        for (var i = _flushes.Count - 1; i >= 0; i--)
        {
            if (_flushes[i].Target <= _accounts.Freed)
            {
                _flushes[i].Done.TrySetResult();
                _flushes.RemoveAt(i);
            }
        }
    }
}
