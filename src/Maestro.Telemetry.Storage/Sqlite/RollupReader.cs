using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// Reads roll-ups a chunk of minutes at a time: each chunk is one short read transaction, copied out before it is
/// handed on, so that a slow consumer holds nothing.
/// </summary>
internal sealed class RollupReader
{
    private const int ChunkRows = 4096;
    private const int EmptyMinutesBeforeSeek = 16;
    private const string RangeSql = "SELECT id, v FROM rollup WHERE id >= ? AND id < ? ORDER BY id";
    private const string SeekSql = "SELECT id FROM rollup WHERE id >= ? ORDER BY id LIMIT 1";

    private readonly ReaderPool _readers;
    private readonly GatewayCatalog _gateways;
    private readonly RollupQuery _query;
    private readonly int[] _metrics;
    private readonly long _endMinute;
    private readonly RollupWindow _window;
    private long _minute;
    private (long Low, long High)[]? _ranges;
    private long[] _order = new long[256];
    private long[] _keys = new long[256];
    private int[] _rows = new int[256];
    private Rollup[] _values;
    private int _count;

    public RollupReader(ReaderPool readers, GatewayCatalog gateways, RollupQuery query)
    {
        _readers = readers;
        _gateways = gateways;
        _query = query;
        _metrics = [.. query.Metrics.Select(MetricColumns.IndexOf)];
        _minute = RollupKey.MinuteAtOrAfter(query.From);
        _endMinute = RollupKey.MinuteAtOrAfter(query.To);
        _window = new RollupWindow(_metrics.Length);
        _values = new Rollup[256 * _metrics.Length];
    }

    /// <summary>Rows in the chunk.</summary>
    public int Count => _count;

    /// <summary>Reads the next chunk, in order of time, then serial; false when there is no more.</summary>
    public bool ReadChunk()
    {
        _count = 0;
        if (_minute >= _endMinute)
        {
            return false;
        }

        using var lease = _readers.Rent();
        var database = lease.Database;
        database.BeginRead();
        _ranges ??= Ranges(database);
        var range = database.Cached(RangeSql);
        var empty = EmptyMinutesBeforeSeek;
        while (_count < ChunkRows && _minute < _endMinute && _ranges.Length > 0)
        {
            if (empty >= EmptyMinutesBeforeSeek)
            {
                empty = 0;
                _minute = Math.Max(_minute, SeekMinute(database));
                continue;
            }

            empty = ReadMinute(range) ? 0 : empty + 1;
            _minute++;
        }

        database.Commit();
        Sort();
        return _count > 0;
    }

    /// <summary>A row of the chunk, valid until the next is asked for.</summary>
    public RollupRow Row(int index)
    {
        var row = _rows[index];
        var key = _keys[row];
        _window.MoveTo(_values, row);
        var group = RollupKey.Group(key);
        return new RollupRow(
            DateTimeOffset.UnixEpoch.AddMinutes(RollupKey.Minute(key)),
            _gateways.Names[RollupKey.Gateway(key)],
            group == 0 ? null : new SecurityGroupId(group),
            _window);
    }

    private bool ReadMinute(Statement range)
    {
        var before = _count;
        foreach (var (low, high) in _ranges!)
        {
            range.Bind(1, (_minute << RollupKey.SuffixBits) + low);
            range.Bind(2, (_minute << RollupKey.SuffixBits) + high);
            while (range.Step())
            {
                Grow();
                _keys[_count] = range.GetInt64(0);
                var bytes = range.GetBlob(1);
                for (var i = 0; i < _metrics.Length; i++)
                {
                    _values[(_count * _metrics.Length) + i] = RollupCodec.Read(bytes, _metrics[i]);
                }

                _count++;
            }
        }

        return _count > before;
    }

    private long SeekMinute(Database database)
    {
        var seek = database.Cached(SeekSql);
        seek.Bind(1, _minute << RollupKey.SuffixBits);
        var minute = seek.Step() ? RollupKey.Minute(seek.GetInt64(0)) : _endMinute;
        seek.Reset();
        return minute;
    }

    /// <summary>The parts of each minute that the query asks for.</summary>
    private (long Low, long High)[] Ranges(Database database)
    {
        if (_query.Serial is not { } serial)
        {
            return _query.Group is { } group
                ? [((long)group.Value << SampleKey.GatewayBits, (group.Value + 1L) << SampleKey.GatewayBits)]
                : [(0, 1L << RollupKey.SuffixBits)];
        }

        if (!_gateways.TryGetNumber(serial, out var gateway))
        {
            return [];
        }

        var ranges = new List<(long, long)>();
        var groups = database.Cached("SELECT grp FROM gateway_group WHERE gw = ?");
        groups.Bind(1, gateway);
        while (groups.Step())
        {
            var number = groups.GetInt32(0);
            if (_query.Group is null || _query.Group.Value.Value == number)
            {
                var low = RollupKey.Of(0, number, gateway);
                ranges.Add((low, low + 1));
            }
        }

        return [.. ranges];
    }

    private void Sort()
    {
        var ranks = _gateways.Names.Ranks;
        for (var i = 0; i < _count; i++)
        {
            var key = _keys[i];
            _rows[i] = i;
            _order[i] = (RollupKey.Minute(key) << RollupKey.SuffixBits)
                | ((long)ranks[RollupKey.Gateway(key)] << RollupKey.GroupBits)
                | (uint)RollupKey.Group(key);
        }

        Array.Sort(_order, _rows, 0, _count);
    }

    private void Grow()
    {
        if (_count == _keys.Length)
        {
            Array.Resize(ref _order, _count * 2);
            Array.Resize(ref _keys, _count * 2);
            Array.Resize(ref _rows, _count * 2);
            Array.Resize(ref _values, _count * 2 * _metrics.Length);
        }
    }
}
