using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>Where an answer about samples has what, worked out once per series of the answer.</summary>
internal sealed class SampleColumns
{
    private readonly int[] _metrics;
    private readonly (int Column, CoreId Core)[] _cores;
    private readonly int _group;
    private readonly int _serial;
    private readonly int _site;

    private SampleColumns(InfluxSeries series)
    {
        Series = series;
        _metrics = [.. MetricColumns.Names.Select(series.IndexOf)];
        _group = series.IndexOf(Measurements.GroupNumber);
        _serial = series.IndexOf(Measurements.Serial);
        _site = series.IndexOf(Measurements.Site);
        _cores = [.. series.Columns.Index()
            .Select(c => (c.Index, IsCore: Measurements.TryReadCore(c.Item, out var core), Core: core))
            .Where(c => c.IsCore)
            .OrderBy(c => c.Core.Number)
            .ThenBy(c => c.Core.Type)
            .Select(c => (c.Index, c.Core))];
    }

    public InfluxSeries Series { get; }

    public static SampleColumns Of(InfluxSeries series, SampleColumns? last) =>
        ReferenceEquals(last?.Series, series) ? last : new SampleColumns(series);

    public static GatewaySerial SerialOf(string? stored) => new(TagText.Decode(stored ?? ""));

    public GatewaySerial Serial(InfluxRows row) => SerialOf(row[_serial].Text);

    /// <summary>0 when the SGM was free.</summary>
    public int Group(InfluxRows row) => (int)row[_group].Integer;

    public string? Site(InfluxRows row) => row[_site].Text is { Length: > 0 } site ? TagText.Decode(site) : null;

    public double Metric(InfluxRows row, int metric) => row[_metrics[metric]].Number;

    public Dictionary<MetricId, double> Metrics(InfluxRows row)
    {
        var values = new Dictionary<MetricId, double>(MetricColumns.Count);
        for (var i = 0; i < _metrics.Length; i++)
        {
            if (row[_metrics[i]].Number is var value && !double.IsNaN(value))
            {
                values.Add(MetricColumns.Metrics[i], value);
            }
        }

        return values;
    }

    public KeyValuePair<CoreId, double>[] Cores(InfluxRows row)
    {
        var count = 0;
        foreach (var (column, _) in _cores)
        {
            count += row[column].IsNull ? 0 : 1;
        }

        var cores = count == 0 ? [] : new KeyValuePair<CoreId, double>[count];
        var at = 0;
        foreach (var (column, core) in _cores)
        {
            if (!row[column].IsNull)
            {
                cores[at++] = KeyValuePair.Create(core, row[column].Number);
            }
        }

        return cores;
    }
}
