using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using static System.FormattableString;

namespace Maestro.Telemetry.Series;

/// <summary>
/// Which rows of a batch are measurements. Made once per stream for its columns; checking a batch in which all rows are
/// fine allocates nothing.
/// </summary>
public sealed class SampleRules
{
    private readonly ImmutableArray<ColumnRule> _columns;
    private readonly ImmutableArray<int> _integral;

    // The columns' maxima over and over, as many times as a vector has lanes: the matrix is compared as it lies.
    private readonly double[] _tile;

    /// <param name="columns">The columns of the matrix, in order.</param>
    /// <param name="maxAge">How old a row may be; above zero.</param>
    /// <param name="maxLead">How far ahead of our clock a row may be; zero or more.</param>
    public SampleRules(IEnumerable<ColumnRule> columns, TimeSpan maxAge, TimeSpan maxLead)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(maxAge, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLead, TimeSpan.Zero);
        _columns = [.. columns];
        _integral = [.. Enumerable.Range(0, _columns.Length).Where(i => _columns[i].Integral)];
        MaxAge = maxAge;
        MaxLead = maxLead;
        _tile = new double[_columns.Length * Vector<double>.Count];
        for (var i = 0; i < _tile.Length; i++)
        {
            _tile[i] = _columns[i % _columns.Length].Maximum;
        }
    }

    public TimeSpan MaxAge { get; }

    public TimeSpan MaxLead { get; }

    /// <summary>Adds the rows that are no measurements to <paramref name="refusals"/>.</summary>
    /// <param name="timestampsMs">Milliseconds since 1970-01-01T00:00:00Z, one per row.</param>
    /// <param name="values">Row-major, rows × columns.</param>
    /// <param name="nowMs">Our clock, in the unit of the timestamps.</param>
    /// <param name="refusals">Where refused rows go.</param>
    /// <exception cref="ArgumentException">There are not rows × columns values.</exception>
    public void Check(
        ReadOnlySpan<long> timestampsMs, ReadOnlySpan<double> values, long nowMs, ref RefusalList refusals)
    {
        if (ShapeProblem(timestampsMs.Length, values.Length) is { } problem)
        {
            throw new ArgumentException(problem, nameof(values));
        }

        var oldest = nowMs - (long)MaxAge.TotalMilliseconds;
        var newest = nowMs + (long)MaxLead.TotalMilliseconds;
        if (AllWithin(timestampsMs, oldest, newest) && AllWithinBounds(values) && AllIntegral(values))
        {
            return;
        }

        for (var row = 0; row < timestampsMs.Length; row++)
        {
            CheckRow(row, timestampsMs[row], values.Slice(row * _columns.Length, _columns.Length), nowMs, ref refusals);
        }
    }

    /// <summary>What is wrong with the number of values; null when nothing is.</summary>
    public string? ShapeProblem(int rows, int values) =>
        (long)rows * _columns.Length == values
            ? null
            : Invariant($"values has {values} entries for {rows} rows of {_columns.Length} columns; ")
                + "send one value per row and column, row by row.";

    private static bool AllWithin(ReadOnlySpan<long> timestamps, long oldest, long newest)
    {
        foreach (var timestamp in timestamps)
        {
            if (timestamp < oldest || timestamp > newest)
            {
                return false;
            }
        }

        return true;
    }

    // NaN fails both comparisons and infinity the second, so finiteness needs no test of its own.
    private bool AllWithinBounds(ReadOnlySpan<double> values)
    {
        var maxima = MemoryMarshal.Cast<double, Vector<double>>(_tile.AsSpan());
        var whole = _tile.Length == 0 ? 0 : values.Length / _tile.Length * _tile.Length;
        for (var start = 0; start < whole; start += _tile.Length)
        {
            var tile = MemoryMarshal.Cast<double, Vector<double>>(values.Slice(start, _tile.Length));
            for (var i = 0; i < tile.Length; i++)
            {
                if (!Vector.GreaterThanOrEqualAll(tile[i], Vector<double>.Zero)
                    || !Vector.LessThanOrEqualAll(tile[i], maxima[i]))
                {
                    return false;
                }
            }
        }

        // Before the tail lies a whole number of tiles, so the tail begins with the first column.
        var tail = values[whole..];
        for (var i = 0; i < tail.Length; i++)
        {
            if (!(tail[i] >= 0 && tail[i] <= _tile[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool AllIntegral(ReadOnlySpan<double> values)
    {
        foreach (var column in _integral)
        {
            for (var i = column; i < values.Length; i += _columns.Length)
            {
                if (!double.IsInteger(values[i]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void CheckRow(
        int row, long timestampMs, ReadOnlySpan<double> values, long nowMs, ref RefusalList refusals)
    {
        var behind = (double)nowMs - timestampMs;
        if (behind > MaxAge.TotalMilliseconds)
        {
            refusals.Add(row, RefusalReason.TooOld, () => Invariant(
                $"timestamp {timestampMs} of row {row} is {behind / 1000:F0} s old; ")
                + Invariant($"at most {MaxAge.TotalSeconds:F0} s are accepted."));
            return;
        }

        if (-behind > MaxLead.TotalMilliseconds)
        {
            refusals.Add(row, RefusalReason.TooNew, () => Invariant(
                $"timestamp {timestampMs} of row {row} is {-behind / 1000:F0} s ahead; ")
                + Invariant($"at most {MaxLead.TotalSeconds:F0} s are accepted. ")
                + "Set the sender's clock by NTP.");
            return;
        }

        for (var column = 0; column < values.Length; column++)
        {
            if (CheckValue(row, _columns[column], values[column], ref refusals))
            {
                return;
            }
        }
    }

    private static bool CheckValue(int row, ColumnRule rule, double value, ref RefusalList refusals)
    {
        RefusalReason? reason = value switch
        {
            _ when !double.IsFinite(value) => RefusalReason.NotFinite,
            < 0 => RefusalReason.Negative,
            _ when value > rule.Maximum || (rule.Integral && !double.IsInteger(value)) => RefusalReason.OutOfRange,
            _ => null,
        };
        if (reason is null)
        {
            return false;
        }

        refusals.Add(
            row, reason.Value, () => Invariant($"{rule.Name} of row {row} is {value}; ") + Remedy(rule, reason.Value));
        return true;
    }

    private static string Remedy(ColumnRule rule, RefusalReason reason) => reason switch
    {
        RefusalReason.NotFinite => "leave out the row, or the column when it is not measured.",
        RefusalReason.Negative => "it cannot be below 0; after a reset of a counter leave out the row.",
        _ when rule.Integral => Invariant($"it must be a whole number up to {rule.Maximum:F0}."),
        _ => Invariant($"it must be at most {rule.Maximum:R}."),
    };
}
