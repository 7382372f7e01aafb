using System.Diagnostics.CodeAnalysis;

namespace Maestro.Telemetry.Agent;

/// <summary>
/// The batches that were sent and are not acknowledged, in the order of their numbers: those in flight on the present
/// stream, and after them those that are still to be sent again on it. It has no lock of its own.
/// </summary>
internal sealed class SentBatches(int columns)
{
    private Queue<OutboxBatch> _again = new();
    private Queue<OutboxBatch> _inFlight = new();

    public int InFlight => _inFlight.Count;

    public long RowsInFlight { get; private set; }

    /// <summary>Takes the next batch to be sent again.</summary>
    /// <param name="batchRows">What the collector takes at once now; what has more is sent in parts.</param>
    /// <param name="lastSequence">The last number given, from which new ones are taken where there are parts.</param>
    /// <param name="batch">The batch, with its number.</param>
    public bool TryTakeAgain(int batchRows, ref ulong lastSequence, [NotNullWhen(true)] out OutboxBatch? batch)
    {
        if (_again.TryPeek(out var next) && next.Rows > batchRows)
        {
            Split(batchRows, ref lastSequence);
        }

        return _again.TryDequeue(out batch);
    }

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

    /// <summary>
    /// Cuts what is to be sent again into batches of at most so many rows. All of it gets new numbers, so that they
    /// still grow; the collector knows rows by their time, and stores none twice.
    /// </summary>
    private void Split(int batchRows, ref ulong lastSequence)
    {
        var parts = new Queue<OutboxBatch>();
        foreach (var whole in _again)
        {
            for (var from = 0; from < whole.Rows; from += batchRows)
            {
                var part = BatchPart.Of(
                    whole.Request.Batch, columns, from, Math.Min(whole.Rows, from + batchRows));
                part.Sequence = ++lastSequence;
                parts.Enqueue(new(part));
            }
        }

        _again = parts;
    }
}
