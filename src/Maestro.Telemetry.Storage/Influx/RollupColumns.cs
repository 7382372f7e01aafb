using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>Where an answer about roll-ups has what, worked out once per series of the answer.</summary>
internal sealed class RollupColumns
{
    private readonly InfluxSeries _series;
    private readonly (int Count, int Min, int Max, int Sum)[] _metrics;
    private readonly int _rows;
    private readonly int _serial;
    private readonly int _group;
    private string? _lastTag;
    private GatewaySerial _lastSerial;

    private RollupColumns(InfluxSeries series, int[] metrics)
    {
        _series = series;
        _rows = series.IndexOf(Measurements.RowCount);
        _serial = series.IndexOf(Measurements.Serial);
        _group = series.IndexOf(Measurements.Group);
        _metrics = [.. metrics.Select(m => MetricColumns.Names[m]).Select(name => (
            series.IndexOf(name + "_n"),
            series.IndexOf(name + "_min"),
            series.IndexOf(name + "_max"),
            series.IndexOf(name + "_sum")))];
    }

    public static RollupColumns Of(InfluxSeries series, RollupColumns? last, int[] metrics) =>
        ReferenceEquals(last?._series, series) ? last! : new RollupColumns(series, metrics);

    /// <summary>The columns that <see cref="Read"/> needs.</summary>
    public static string Selection(RollupQuery query)
    {
        // Where a count is left out, the sum says whether the metric is there.
        var fields = query.Metrics.Distinct().SelectMany(metric =>
        {
            var name = MetricColumns.Names[MetricColumns.IndexOf(metric)];
            string[] parts = query.Extremes?.Contains(metric) == false ? ["_n", "_sum"] : ["_n", "_min", "_max", "_sum"];
            return parts.Select(part => name + part);
        });
        return string.Join(
            ", ",
            fields.Prepend(Measurements.Group).Prepend(Measurements.Serial).Prepend(Measurements.RowCount)
                .Select(InfluxQl.Name));
    }

    public ReadRollup Read(InfluxRows row)
    {
        var rows = row[_rows].Integer;
        var values = new Rollup[_metrics.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (count, min, max, sum) = _metrics[i];
            if (!row[sum].IsNull)
            {
                values[i] = new Rollup(
                    (int)(row[count].IsNull ? rows : row[count].Integer), row[min].Number, row[max].Number, row[sum].Number);
            }
        }

        return new ReadRollup(row[0].Integer, Serial(row[_serial].Text), Group(row[_group].Text), rows, values);
    }

    private GatewaySerial Serial(string? tag)
    {
        if (!ReferenceEquals(tag, _lastTag))
        {
            _lastTag = tag;
            _lastSerial = SampleColumns.SerialOf(tag);
        }

        return _lastSerial;
    }

    private static int Group(string? tag) =>
        int.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var group) ? group : 0;
}
