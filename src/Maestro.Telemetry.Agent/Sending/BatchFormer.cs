using System.Diagnostics.CodeAnalysis;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

/// <summary>Makes batches of the rows that were not sent yet. It has no lock of its own.</summary>
internal sealed class BatchFormer(int columns)
{
    private readonly LinkedList<Batch> _full = [];
    private Batch? _open;

    /// <summary>Rows in the batch that waits for more.</summary>
    public int OpenRows => _open?.TimestampsUnixMs.Count ?? 0;

    /// <summary>Whether the batch that waits for more has waited long enough.</summary>
    public bool IsDue { get; private set; }

    /// <summary>The batch that waits for more, if there is one, has waited long enough.</summary>
    public void MarkDue() => IsDue = _open is not null;

    /// <summary>Appends rows to batches of at most <paramref name="batchRows"/>.</summary>
    /// <returns>Whether a batch was begun and waits for more, and whether one became full.</returns>
    public (bool Opened, bool Filled) Append(
        ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values, int batchRows)
    {
        var (opened, filled) = (false, false);
        while (timestamps.Length > 0)
        {
            opened |= _open is null;
            _open ??= new Batch();
            var some = Math.Min(timestamps.Length, Math.Max(1, batchRows - OpenRows));
            Append(_open, timestamps[..some], values[..(some * columns)]);
            timestamps = timestamps[some..];
            values = values[(some * columns)..];
            if (OpenRows >= batchRows)
            {
                Close();
                filled = true;
            }
        }

        return (opened && _open is not null, filled);
    }

    /// <summary>Takes the oldest batch, of at most so many rows.</summary>
    /// <param name="batchRows">What the collector takes at once.</param>
    /// <param name="evenIfOpen">Whether a batch that waits for more is good enough.</param>
    /// <param name="batch">The batch, without a number.</param>
    public bool TryTake(int batchRows, bool evenIfOpen, [NotNullWhen(true)] out Batch? batch)
    {
        if (_full.Count == 0 && _open is not null && evenIfOpen)
        {
            Close();
        }

        batch = _full.First?.Value;
        if (batch is null)
        {
            return false;
        }

        var rows = batch.TimestampsUnixMs.Count;
        if (rows > batchRows)
        {
            // It was formed before the collector said how many rows it takes.
            _full.AddAfter(_full.First!, BatchPart.Of(batch, columns, batchRows, rows));
            batch = BatchPart.Of(batch, columns, 0, batchRows);
        }

        _full.RemoveFirst();
        return true;
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

    private void Close()
    {
        _full.AddLast(_open!);
        _open = null;
        IsDue = false;
    }
}
