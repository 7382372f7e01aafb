using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// Writes batches and their roll-ups in one transaction. Rows go in in the order of their keys, through one prepared
/// statement; after the first batches nothing is allocated. Owned by the store, which lets one caller in at a time.
/// </summary>
internal sealed class SampleWriter : IDisposable
{
    private const int GroupParameter = 2;
    private const int FirstMetricParameter = 3;

    private static readonly int LayoutParameter = FirstMetricParameter + MetricColumns.Count;
    private static readonly int CoresParameter = LayoutParameter + 1;

    private readonly Database _database;
    private readonly GatewayCatalog _gateways;
    private readonly CoreLayoutCatalog _layouts;
    private readonly RollupWriter _rollups;
    private readonly RowMerger _merger;
    private readonly List<MergedRow> _merged = [];
    private readonly Statement _insert;
    private readonly Statement _newest;
    private readonly Statement _tally;
    private PreparedBatch[] _batches = new PreparedBatch[16];
    private long[] _keys = new long[1024];
    private long[] _rows = new long[1024];
    private bool[] _stored = new bool[1024];
    private byte[] _cores = new byte[256];
    private int _bound;

    public SampleWriter(Database database, GatewayCatalog gateways)
    {
        _database = database;
        _gateways = gateways;
        _layouts = new CoreLayoutCatalog(database);
        _rollups = new RollupWriter(database);
        _merger = new RowMerger(database, _layouts);
        var columns = string.Join(", ", MetricColumns.Names);
        var parameters = string.Join(", ", Enumerable.Repeat("?", MetricColumns.Count));
        _insert = database.Prepare(
            $"INSERT INTO sample (id, grp, {columns}, layout, cores) VALUES (?, ?, {parameters}, ?, ?) "
            + "ON CONFLICT (id) DO NOTHING");
        _newest = database.Prepare("UPDATE gateway SET newest_ms = max(newest_ms, ?) WHERE id = ?");
        _tally = database.Prepare("UPDATE tally SET samples = samples + ?, rollups = rollups + ?");
    }

    /// <summary>Stores all of it or, when it throws, nothing.</summary>
    public StoreResult Write(IReadOnlyList<SampleBatch> batches)
    {
        _database.Begin();
        try
        {
            var rows = Prepare(batches);
            var stored = InsertSamples(batches, rows);
            var rollups = WriteRollups(batches);
            UpdateNewest(batches.Count);
            AddToTally(stored, rollups);
            _database.Commit();
            Committed(batches.Count);
            return new StoreResult(stored, _merged.Count, rows - stored - _merged.Count);
        }
        catch
        {
            _database.Rollback();
            _rollups.Clear();
            _gateways.RolledBack();
            _layouts.RolledBack();
            throw;
        }
        finally
        {
            _merged.Clear();
            Array.Clear(_batches, 0, Math.Min(batches.Count, _batches.Length));
        }
    }

    public void Dispose()
    {
        _insert.Dispose();
        _newest.Dispose();
        _tally.Dispose();
        _rollups.Dispose();
        _merger.Dispose();
    }

    private int Prepare(IReadOnlyList<SampleBatch> batches)
    {
        if (_batches.Length < batches.Count)
        {
            _batches = new PreparedBatch[Math.Max(batches.Count, _batches.Length * 2)];
        }

        var rows = 0;
        for (var i = 0; i < batches.Count; i++)
        {
            var batch = batches[i];
            BatchChecks.ThrowIfMalformed(batch);
            var group = batch.Group?.Value ?? 0;
            _batches[i] = new PreparedBatch
            {
                Gateway = _gateways.Intern(batch.Serial, group),
                Group = group,
                Layout = _layouts.Intern(batch.Cores),
                FirstRow = rows,
                Newest = -1,
            };
            _batches[i].MapColumns(batch.Metrics);
            Grow(rows + batch.Rows);
            var gateway = _batches[i].Gateway;
            foreach (var time in batch.TimestampsMs.Span)
            {
                _keys[rows] = SampleKey.Of(time, gateway);
                _rows[rows] = ((long)i << 32) | (uint)(rows - _batches[i].FirstRow);
                rows++;
            }
        }

        return rows;
    }

    private int InsertSamples(IReadOnlyList<SampleBatch> batches, int rows)
    {
        SortByKey(rows);
        var stored = 0;
        var boundBatch = -1;
        for (var i = 0; i < rows; i++)
        {
            var number = (int)(_rows[i] >> 32);
            var row = (int)_rows[i];
            var batch = batches[number];
            ref var prepared = ref _batches[number];
            if (number != boundBatch)
            {
                boundBatch = number;
                BindBatch(in prepared);
            }

            _insert.Bind(1, _keys[i]);
            BindValues(batch, in prepared, row);
            _insert.Run();
            var isNew = _database.Changes > 0;
            _stored[prepared.FirstRow + row] = isNew;
            if (isNew)
            {
                stored++;
            }
            else
            {
                Merge(_keys[i], batch, number, row);
            }
        }

        return stored;
    }

    /// <summary>Rows with one key stay in the order in which they were given: the first of them is the one that counts.</summary>
    private void SortByKey(int rows)
    {
        Array.Sort(_keys, _rows, 0, rows);
        for (var i = 1; i < rows; i++)
        {
            if (_keys[i] == _keys[i - 1])
            {
                var first = i - 1;
                while (i < rows && _keys[i] == _keys[first])
                {
                    i++;
                }

                Array.Sort(_rows, first, i - first);
            }
        }
    }

    private void Merge(long key, SampleBatch batch, int number, int row)
    {
        var merged = _merger.Merge(key, batch, in _batches[number], number, row);
        if (!merged.IsDuplicate)
        {
            _merged.Add(merged);
        }
    }

    /// <summary>Binds what a batch's rows share.</summary>
    private void BindBatch(in PreparedBatch batch)
    {
        _insert.Bind(GroupParameter, batch.Group);
        // A parameter keeps its value until it is bound again.
        for (var absent = _bound & ~batch.Present; absent != 0; absent &= absent - 1)
        {
            _insert.BindNull(FirstMetricParameter + int.TrailingZeroCount(absent));
        }

        _bound = batch.Present;

        if (batch.Layout == 0)
        {
            _insert.BindNull(LayoutParameter);
            _insert.BindNull(CoresParameter);
        }
        else
        {
            _insert.Bind(LayoutParameter, batch.Layout);
        }
    }

    private void BindValues(SampleBatch batch, in PreparedBatch prepared, int row)
    {
        ReadOnlySpan<int> columns = prepared.Columns;
        var values = batch.Values.Span.Slice(row * prepared.Width, prepared.Width);
        for (var i = 0; i < values.Length; i++)
        {
            _insert.Bind(FirstMetricParameter + columns[i], values[i]);
        }

        if (prepared.Layout != 0)
        {
            var cores = batch.Cores.Count;
            if (_cores.Length < cores * 2)
            {
                _cores = new byte[cores * 2];
            }

            var length = CoreValueCodec.Write(batch.CoreValues.Span.Slice(row * cores, cores), _cores);
            _insert.Bind(CoresParameter, _cores.AsSpan(0, length));
        }
    }

    private int WriteRollups(IReadOnlyList<SampleBatch> batches)
    {
        for (var number = 0; number < batches.Count; number++)
        {
            var times = batches[number].TimestampsMs.Span;
            var values = batches[number].Values.Span;
            ref var prepared = ref _batches[number];
            var columns = ((ReadOnlySpan<int>)prepared.Columns)[..prepared.Width];
            for (var row = 0; row < times.Length; row++)
            {
                if (_stored[prepared.FirstRow + row])
                {
                    var minute = times[row] / RollupKey.MsPerMinute;
                    _rollups.Add(
                        RollupKey.Of(minute, prepared.Group, prepared.Gateway),
                        columns,
                        values.Slice(row * prepared.Width, prepared.Width));
                    prepared.Newest = Math.Max(prepared.Newest, times[row]);
                }
            }
        }

        foreach (var merged in _merged)
        {
            AddToRollup(batches[merged.Batch], in merged);
        }

        return _rollups.Flush();
    }

    /// <summary>The values that a stored row lacked join the roll-up that the row is in.</summary>
    private void AddToRollup(SampleBatch batch, in MergedRow merged)
    {
        Span<int> columns = stackalloc int[MetricColumns.Count];
        Span<double> values = stackalloc double[MetricColumns.Count];
        var count = 0;
        ref readonly var prepared = ref _batches[merged.Batch];
        for (var i = 0; i < prepared.Width; i++)
        {
            if ((merged.Added & (1 << prepared.Columns[i])) != 0)
            {
                columns[count] = prepared.Columns[i];
                values[count++] = batch.Values.Span[(merged.Row * prepared.Width) + i];
            }
        }

        if (count > 0)
        {
            var minute = batch.TimestampsMs.Span[merged.Row] / RollupKey.MsPerMinute;
            _rollups.Add(RollupKey.Of(minute, merged.Group, prepared.Gateway), columns[..count], values[..count]);
        }
    }

    private void UpdateNewest(int batches)
    {
        foreach (ref readonly var batch in _batches.AsSpan(0, batches))
        {
            if (batch.Newest > _gateways.Newest(batch.Gateway))
            {
                _newest.Bind(1, batch.Newest);
                _newest.Bind(2, batch.Gateway);
                _newest.Run();
            }
        }
    }

    private void AddToTally(int samples, int rollups)
    {
        _tally.Bind(1, samples);
        _tally.Bind(2, rollups);
        _tally.Run();
    }

    private void Committed(int batches)
    {
        _gateways.Committed();
        _layouts.Committed();
        foreach (ref readonly var batch in _batches.AsSpan(0, batches))
        {
            if (batch.Newest > _gateways.Newest(batch.Gateway))
            {
                _gateways.SetNewest(batch.Gateway, batch.Newest);
            }
        }
    }

    private void Grow(int rows)
    {
        if (_keys.Length < rows)
        {
            var size = Math.Max(rows, _keys.Length * 2);
            Array.Resize(ref _keys, size);
            Array.Resize(ref _rows, size);
            Array.Resize(ref _stored, size);
        }
    }
}
