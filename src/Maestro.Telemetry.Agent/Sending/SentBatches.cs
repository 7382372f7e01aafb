using System.Diagnostics.CodeAnalysis;

namespace Maestro.Telemetry.Agent;

/// <summary>
/// The batches that were sent and are not acknowledged, in the order of their numbers: those in flight on the present
/// stream, and after them those that are still to be sent again on it. It has no lock of its own.
/// </summary>
internal sealed class SentBatches
{
    private Queue<OutboxBatch> _again = new();
    private Queue<OutboxBatch> _inFlight = new();

    public int InFlight => _inFlight.Count;

    public long RowsInFlight { get; private set; }

    /// <summary>Takes the next batch to be sent again.</summary>
    public bool TryTakeAgain([NotNullWhen(true)] out OutboxBatch? batch) => _again.TryDequeue(out batch);

    /// <summary>The batch is being written to the present stream.</summary>
    public void Add(OutboxBatch batch)
    {
        _inFlight.Enqueue(batch);
        RowsInFlight += batch.Rows;
    }

    public OutboxBatch? Find(ulong sequence) =>
        _inFlight.FirstOrDefault(b => b.Sequence == sequence) ?? _again.FirstOrDefault(b => b.Sequence == sequence);

    /// <summary>Takes out the oldest batch, if its number is not above the given one.</summary>
    public bool TryFree(ulong upTo, [NotNullWhen(true)] out OutboxBatch? batch)
    {
        if (_inFlight.TryPeek(out batch))
        {
            if (batch.Sequence > upTo)
            {
                return false;
            }

            RowsInFlight -= batch.Rows;
            _inFlight.Dequeue();
            return true;
        }

        // A collector that remembers may be done with what this stream has not brought again.
        return _again.TryPeek(out batch) && batch.Sequence <= upTo && _again.TryDequeue(out batch);
    }

    /// <summary>The stream is gone: all of them are to be sent again, and to be judged again.</summary>
    public void Rewind()
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
        RowsInFlight = 0;
    }
}
