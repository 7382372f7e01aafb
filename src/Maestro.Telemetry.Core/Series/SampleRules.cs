using System.Numerics;

namespace Maestro.Telemetry.Series;

/// <summary>
/// The rules that each row of samples is held to. One set per layout of columns; checking allocates nothing while all
/// rows are fine.
/// </summary>
public sealed class SampleRules
{
    private readonly double[] _low;
    private readonly double[] _high;

    /// <param name="columns">The bounds of each column, in the order of the matrix.</param>
    public SampleRules(IReadOnlyList<MetricBounds> columns)
    {
        _low = [.. columns.Select(c => c.Low)];
        _high = [.. columns.Select(c => c.High)];
    }

    public int Columns => _low.Length;

    /// <summary>Adds each row at fault, with its first fault, in order of rows.</summary>
    /// <param name="timestampsMs">One per row, in milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="values">Row-major, rows × <see cref="Columns"/>.</param>
    /// <param name="oldestMs">A timestamp below it is too old.</param>
    /// <param name="newestMs">A timestamp above it is too new.</param>
    /// <exception cref="ArgumentException">The number of values is not rows × columns.</exception>
    public void Check(
        ReadOnlySpan<long> timestampsMs,
        ReadOnlySpan<double> values,
        long oldestMs,
        long newestMs,
        List<RowRefusal> refusals)
    {
        if (values.Length != timestampsMs.Length * Columns)
        {
            throw new ArgumentException(
                $"{values.Length} values are not {timestampsMs.Length} rows of {Columns} columns.", nameof(values));
        }

        for (var row = 0; row < timestampsMs.Length; row++)
        {
            var time = timestampsMs[row];
            if (time < oldestMs || time > newestMs)
            {
                refusals.Add(new RowRefusal(row, time < oldestMs ? RefusalReason.TooOld : RefusalReason.TooNew, -1));
                continue;
            }

            var cells = values.Slice(row * Columns, Columns);
            if (!IsWithin(cells))
            {
                refusals.Add(FirstFault(row, cells));
            }
        }
    }

    /// <summary>Whether every value is within its bounds; NaN is within none.</summary>
    private bool IsWithin(ReadOnlySpan<double> cells)
    {
        var width = Vector<double>.Count;
        var column = 0;
        for (; column <= cells.Length - width; column += width)
        {
            var value = new Vector<double>(cells[column..]);
            var low = new Vector<double>(_low, column);
            var high = new Vector<double>(_high, column);
            if (!Vector.GreaterThanOrEqualAll(value, low) || !Vector.LessThanOrEqualAll(value, high))
            {
                return false;
            }
        }

        for (; column < cells.Length; column++)
        {
            if (!(cells[column] >= _low[column] && cells[column] <= _high[column]))
            {
                return false;
            }
        }

        return true;
    }

    private RowRefusal FirstFault(int row, ReadOnlySpan<double> cells)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            var value = cells[column];
            if (!double.IsFinite(value))
            {
                return new RowRefusal(row, RefusalReason.NotFinite, column);
            }

            if (value < _low[column])
            {
                return new RowRefusal(row, RefusalReason.Negative, column);
            }

            if (value > _high[column])
            {
                return new RowRefusal(row, RefusalReason.OutOfRange, column);
            }
        }

        throw new InvalidOperationException("The row has no fault.");
    }
}
