using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// The roll-ups of one transaction, gathered in memory before they are written in the order of their keys. Rows of one
/// SGM mostly come in order of time, so the roll-up in hand is nearly always the right one; when it is not, the same
/// key is opened twice and joined at the end.
/// </summary>
internal sealed class RollupAccumulator
{
    private static readonly int Width = MetricColumns.Count;

    private long[] _keys = new long[1024];
    private int[] _order = new int[1024];
    private Rollup[] _values = new Rollup[1024 * Width];
    private int _count;
    private long _current = -1;

    public void Clear()
    {
        _count = 0;
        _current = -1;
    }

    /// <summary>Adds one sample.</summary>
    /// <param name="key">The roll-up it belongs to.</param>
    /// <param name="columns">The place of each value among the metrics.</param>
    /// <param name="values">One finite value per column.</param>
    public void Add(long key, ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        if (key != _current)
        {
            Open(key);
        }

        var rollups = _values.AsSpan((_count - 1) * Width, Width);
        for (var i = 0; i < columns.Length; i++)
        {
            ref var rollup = ref rollups[columns[i]];
            var value = values[i];
            rollup = rollup.Count == 0
                ? new Rollup(1, value, value, value)
                : new Rollup(
                    rollup.Count + 1, Math.Min(rollup.Min, value), Math.Max(rollup.Max, value), rollup.Sum + value);
        }
    }

    /// <summary>Adds the second roll-ups to the first.</summary>
    public static void Merge(Span<Rollup> into, ReadOnlySpan<Rollup> other)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = Merge(into[i], other[i]);
        }
    }

    public static Rollup Merge(Rollup first, Rollup second) =>
        first.Count == 0 ? second
        : second.Count == 0 ? first
        : new Rollup(
            first.Count + second.Count,
            Math.Min(first.Min, second.Min),
            Math.Max(first.Max, second.Max),
            first.Sum + second.Sum);

    /// <summary>Gives each key once, ascending, with its roll-ups by metric.</summary>
    public void Drain(Action<long, Span<Rollup>> write)
    {
        for (var i = 0; i < _count; i++)
        {
            _order[i] = i;
        }

        Array.Sort(_keys, _order, 0, _count);
        for (var i = 0; i < _count;)
        {
            var key = _keys[i];
            var rollups = _values.AsSpan(_order[i] * Width, Width);
            for (i++; i < _count && _keys[i] == key; i++)
            {
                Merge(rollups, _values.AsSpan(_order[i] * Width, Width));
            }

            write(key, rollups);
        }

        Clear();
    }

    private void Open(long key)
    {
        if (_count == _keys.Length)
        {
            Array.Resize(ref _keys, _count * 2);
            Array.Resize(ref _order, _count * 2);
            Array.Resize(ref _values, _count * 2 * Width);
        }

        _values.AsSpan(_count * Width, Width).Clear();
        _keys[_count++] = key;
        _current = key;
    }
}
