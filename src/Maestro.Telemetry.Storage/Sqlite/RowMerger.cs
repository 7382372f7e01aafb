using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// Adds to a stored row the metrics and cores that it lacks: senders that give each metric by itself bring a row in
/// several parts. Belongs to the writer and works within its transaction.
/// </summary>
internal sealed class RowMerger : IDisposable
{
    private const int LayoutColumn = 1;
    private const int CoresColumn = 2;
    private const int FirstMetricColumn = 3;

    private static readonly int IdParameter = MetricColumns.Count + 1;

    private readonly CoreLayoutCatalog _layouts;
    private readonly Statement _select;
    private readonly Statement _addMetrics;
    private readonly Statement _setCores;
    private readonly SortedDictionary<CoreId, double> _cores = new(Comparer<CoreId>.Create(
        (x, y) => x.Number != y.Number ? x.Number.CompareTo(y.Number) : x.Type.CompareTo(y.Type)));

    public RowMerger(Database database, CoreLayoutCatalog layouts)
    {
        _layouts = layouts;
        _select = database.Prepare(
            $"SELECT grp, layout, cores, {string.Join(", ", MetricColumns.Names)} FROM sample WHERE id = ?");
        var assignments = string.Join(", ", MetricColumns.Names.Select(n => $"{n} = coalesce({n}, ?)"));
        _addMetrics = database.Prepare($"UPDATE sample SET {assignments} WHERE id = ?");
        _setCores = database.Prepare("UPDATE sample SET layout = ?, cores = ? WHERE id = ?");
    }

    /// <summary>Merges a row into the one that is stored under its key, and says what that one lacked.</summary>
    public MergedRow Merge(long key, SampleBatch batch, in PreparedBatch prepared, int number, int row)
    {
        _select.Bind(1, key);
        if (!_select.Step())
        {
            throw new InvalidOperationException($"The row {key} refused an insert and is not there.");
        }

        var group = _select.GetInt32(0);
        var lacking = Lacking() & prepared.Present;
        var gainsCores = prepared.Layout != 0 && GathersCores(batch, row);
        _select.Reset();
        if (lacking != 0)
        {
            AddMetrics(key, batch, in prepared, row, lacking);
        }

        if (gainsCores)
        {
            SetCores(key);
        }

        return new MergedRow(number, row, group, lacking, gainsCores);
    }

    public void Dispose()
    {
        _select.Dispose();
        _addMetrics.Dispose();
        _setCores.Dispose();
    }

    private int Lacking()
    {
        var lacking = 0;
        for (var i = 0; i < MetricColumns.Count; i++)
        {
            lacking |= _select.IsNull(FirstMetricColumn + i) ? 1 << i : 0;
        }

        return lacking;
    }

    private void AddMetrics(long key, SampleBatch batch, in PreparedBatch prepared, int row, int lacking)
    {
        for (var i = 0; i < MetricColumns.Count; i++)
        {
            _addMetrics.BindNull(i + 1);
        }

        var values = batch.Values.Span.Slice(row * prepared.Width, prepared.Width);
        for (var i = 0; i < values.Length; i++)
        {
            if ((lacking & (1 << prepared.Columns[i])) != 0)
            {
                _addMetrics.Bind(prepared.Columns[i] + 1, values[i]);
            }
        }

        _addMetrics.Bind(IdParameter, key);
        _addMetrics.Run();
    }

    /// <summary>
    /// Puts the stored row's cores and those that it lacks together; false when it lacks none. In the order of their
    /// numbers, so that parts that arrive in any order come to one layout.
    /// </summary>
    private bool GathersCores(SampleBatch batch, int row)
    {
        _cores.Clear();
        if (!_select.IsNull(LayoutColumn))
        {
            var stored = _layouts.CoresOf(_select.GetInt32(LayoutColumn));
            var bytes = _select.GetBlob(CoresColumn);
            for (var i = 0; i < stored.Count; i++)
            {
                _cores[stored[i]] = CoreValueCodec.Read(bytes, i);
            }
        }

        var before = _cores.Count;
        var values = batch.CoreValues.Span.Slice(row * batch.Cores.Count, batch.Cores.Count);
        for (var i = 0; i < values.Length; i++)
        {
            _cores.TryAdd(batch.Cores[i], values[i]);
        }

        return _cores.Count > before;
    }

    private void SetCores(long key)
    {
        var bytes = new byte[_cores.Count * 2];
        CoreValueCodec.Write([.. _cores.Values], bytes);
        _setCores.Bind(1, _layouts.Intern([.. _cores.Keys]));
        _setCores.Bind(2, bytes);
        _setCores.Bind(3, key);
        _setCores.Run();
    }
}
