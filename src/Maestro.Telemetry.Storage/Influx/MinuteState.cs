using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// The rows of one SGM in one minute: what tells a new row from a duplicate, and what its roll-ups are made of. Rows keep
/// their numbers, in the order in which they came.
/// </summary>
internal sealed class MinuteState(SgmState sgm, long minute)
{
    private static readonly int Width = MetricColumns.Count;

    private long[] _times = new long[6];
    private int[] _present = new int[6];
    private double[] _values = new double[6 * Width];
    private SeriesTags[] _tags = new SeriesTags[6];
    private IReadOnlyList<CoreId>?[] _cores = new IReadOnlyList<CoreId>?[6];
    private Dictionary<long, int>? _index;
    private long _newest = -1;

    public SgmState Sgm { get; } = sgm;

    public long Minute { get; } = minute;

    public int Count { get; private set; }

    /// <summary>Whether the stored roll-ups are not those of these rows.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Whether roll-ups of the minute may be stored already.</summary>
    public bool WasRolledUp { get; set; }

    /// <summary>The number of the last write that had a row in it.</summary>
    public long LastWrite { get; set; }

    public long LastTouched { get; set; }

    /// <summary>Each of the tags that rows have, mostly one.</summary>
    public List<SeriesTags> Series { get; } = new(1);

    /// <summary>The row of a time; below 0 when there is none.</summary>
    public int Find(long timeMs)
    {
        if (timeMs > _newest)
        {
            return -1;
        }

        if (_index is null)
        {
            _index = new Dictionary<long, int>(Count);
            for (var i = 0; i < Count; i++)
            {
                _index[_times[i]] = i;
            }
        }

        return _index.TryGetValue(timeMs, out var row) ? row : -1;
    }

    /// <summary>Adds a row without values; true when its tags are new to the minute.</summary>
    public bool Add(long timeMs, SeriesTags tags)
    {
        if (Count == _times.Length)
        {
            Grow();
        }

        _times[Count] = timeMs;
        _tags[Count] = tags;
        _index?.Add(timeMs, Count);
        _newest = Math.Max(_newest, timeMs);
        Count++;
        if (Series.Contains(tags))
        {
            return false;
        }

        Series.Add(tags);
        return true;
    }

    /// <summary>A bit for each metric that a row has.</summary>
    public int Present(int row) => _present[row];

    public SeriesTags Tags(int row) => _tags[row];

    public bool HasCore(int row, CoreId core)
    {
        var cores = _cores[row];
        for (var i = 0; i < cores?.Count; i++)
        {
            if (cores[i] == core)
            {
                return true;
            }
        }

        return false;
    }

    public void Set(int row, int metric, double value)
    {
        _present[row] |= 1 << metric;
        _values[(row * Width) + metric] = value;
    }

    /// <summary>Adds to the cores of a row. Keeps the list when it is the row's first.</summary>
    public void AddCores(int row, IReadOnlyList<CoreId> cores) =>
        _cores[row] = _cores[row] is { } before ? [.. before, .. cores] : cores;

    /// <summary>Works out the roll-up of each metric over the rows with these tags; gives the rows.</summary>
    public int RollUp(SeriesTags tags, Span<Rollup> rollups)
    {
        rollups.Clear();
        var rows = 0;
        for (var row = 0; row < Count; row++)
        {
            if (ReferenceEquals(_tags[row], tags))
            {
                rows++;
                Add(_present[row], _values.AsSpan(row * Width, Width), rollups);
            }
        }

        return rows;
    }

    private static void Add(int present, ReadOnlySpan<double> values, Span<Rollup> rollups)
    {
        for (var i = 0; i < rollups.Length; i++)
        {
            if ((present & (1 << i)) != 0)
            {
                var value = values[i];
                rollups[i] = RollupAccumulator.Merge(rollups[i], new Rollup(1, value, value, value));
            }
        }
    }

    private void Grow()
    {
        var size = Count * 2;
        Array.Resize(ref _times, size);
        Array.Resize(ref _present, size);
        Array.Resize(ref _values, size * Width);
        Array.Resize(ref _tags, size);
        Array.Resize(ref _cores, size);
    }
}
