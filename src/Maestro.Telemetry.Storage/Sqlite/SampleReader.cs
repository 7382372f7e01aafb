using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Reads the raw samples of one SGM, a stretch of time per read transaction.</summary>
internal sealed class SampleReader(ReaderPool readers, int gateway, DateTimeOffset from, DateTimeOffset to)
{
    private const int ChunkMs = 600_000;

    // The filter on the key alone skips the rows of other SGMs without decoding them.
    private static readonly string RangeSql =
        $"SELECT id, grp, {string.Join(", ", MetricColumns.Names)}, layout, cores FROM sample "
        + $"WHERE id >= ? AND id < ? AND (id & {SampleKey.MaxGateway}) = ? ORDER BY id";

    private readonly Dictionary<int, CoreId[]> _layouts = [];
    private readonly long _end = SampleKey.Floor(to);
    private long _next = SampleKey.Floor(from);

    /// <summary>Fills the list with the next samples, in order of time; false when there are no more.</summary>
    public bool ReadChunk(List<RawSample> chunk)
    {
        chunk.Clear();
        while (chunk.Count == 0 && _next < _end)
        {
            using var lease = readers.Rent();
            var database = lease.Database;
            database.BeginRead();
            if (Seek(database))
            {
                ReadStretch(database, chunk);
            }

            database.Commit();
        }

        return chunk.Count > 0;
    }

    /// <summary>The metrics of a row whose first metric is in the given column; an absent metric is left out.</summary>
    public static Dictionary<MetricId, double> ReadMetrics(Statement row, int firstColumn)
    {
        var values = new Dictionary<MetricId, double>(MetricColumns.Count);
        for (var i = 0; i < MetricColumns.Count; i++)
        {
            if (!row.IsNull(firstColumn + i))
            {
                values.Add(MetricColumns.Metrics[i], row.GetDouble(firstColumn + i));
            }
        }

        return values;
    }

    /// <summary>The cores of a row whose first metric is in column 2.</summary>
    public static KeyValuePair<CoreId, double>[] ReadCores(
        Database database, Statement row, Dictionary<int, CoreId[]> layouts)
    {
        var column = 2 + MetricColumns.Count;
        if (row.IsNull(column))
        {
            return [];
        }

        var layout = Layout(database, row.GetInt32(column), layouts);
        var bytes = row.GetBlob(column + 1);
        var cores = new KeyValuePair<CoreId, double>[layout.Length];
        for (var i = 0; i < cores.Length; i++)
        {
            cores[i] = KeyValuePair.Create(layout[i], CoreValueCodec.Read(bytes, i));
        }

        return cores;
    }

    private bool Seek(Database database)
    {
        var seek = database.Cached("SELECT id FROM sample WHERE id >= ? ORDER BY id LIMIT 1");
        seek.Bind(1, _next);
        _next = seek.Step() ? Math.Max(_next, seek.GetInt64(0)) : _end;
        seek.Reset();
        return _next < _end;
    }

    private void ReadStretch(Database database, List<RawSample> chunk)
    {
        var end = Math.Min(_end, SampleKey.Of(SampleKey.Time(_next) + ChunkMs, 0));
        var rows = database.Cached(RangeSql);
        rows.Bind(1, _next);
        rows.Bind(2, end);
        rows.Bind(3, gateway);
        while (rows.Step())
        {
            var group = rows.GetInt32(1);
            chunk.Add(new RawSample(
                DateTimeOffset.FromUnixTimeMilliseconds(SampleKey.Time(rows.GetInt64(0))),
                group == 0 ? null : new SecurityGroupId(group),
                ReadMetrics(rows, 2),
                ReadCores(database, rows, _layouts)));
        }

        _next = end;
    }

    private static CoreId[] Layout(Database database, int number, Dictionary<int, CoreId[]> layouts)
    {
        if (!layouts.TryGetValue(number, out var layout))
        {
            var select = database.Cached("SELECT cores FROM core_layout WHERE id = ?");
            select.Bind(1, number);
            layout = select.Step() ? CoreLayoutCatalog.Decode(select.GetBlob(0)) : [];
            select.Reset();
            layouts.Add(number, layout);
        }

        return layout;
    }
}
