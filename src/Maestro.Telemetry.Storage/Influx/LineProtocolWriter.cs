using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// Writes line protocol to a stream, with the names that the store uses and times in nanoseconds, as InfluxDB imports it.
/// </summary>
public sealed class LineProtocolWriter(Stream destination, string fabric)
{
    private const int LinesHeld = 1_000;
    private const long NsPerMs = 1_000_000;

    private readonly LineBuffer _lines = new();
    private readonly Dictionary<(GatewaySerial, int), SeriesTags> _tags = [];

    public async ValueTask WriteAsync(StoredSample stored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var sample = stored.Sample;
        var tags = Tags(stored.Serial, sample.Group);
        _lines.Append(tags.SampleLine);
        _lines.Append(tags.GroupField);
        foreach (var (metric, value) in sample.Values)
        {
            _lines.Append((byte)',');
            _lines.Append(Measurements.MetricFields[MetricColumns.IndexOf(metric)]);
            _lines.AppendFloat(value);
        }

        foreach (var (core, value) in sample.Cores)
        {
            _lines.Append((byte)',');
            _lines.Append(CoreFields.Of(core));
            _lines.AppendFloat(Math.Round(value, 2));
        }

        _lines.Append((byte)' ');
        _lines.AppendNumber(sample.Time.ToUnixTimeMilliseconds() * NsPerMs);
        _lines.EndLine();
        await FlushWhenFullAsync(cancellationToken);
    }

    public async ValueTask WriteAsync(
        IReadOnlyList<MetricId> metrics, RollupRow row, CancellationToken cancellationToken)
    {
        RollupLines.Append(_lines, Tags(row.Serial, row.Group), metrics, row, "ns");
        await FlushWhenFullAsync(cancellationToken);
    }

    public async ValueTask WriteAsync(DemandForecast forecast, CancellationToken cancellationToken)
    {
        ForecastPoints.Append(_lines, fabric, forecast);
        await FlushWhenFullAsync(cancellationToken);
    }

    /// <summary>
    /// What `influx -import` of 1.x must be told: where the lines after it belong. To all others it is a comment.
    /// </summary>
    public async ValueTask BeginAsync(string database, string policy, CancellationToken cancellationToken)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"# DML\n# CONTEXT-DATABASE: {database}\n{(policy.Length == 0 ? "" : $"# CONTEXT-RETENTION-POLICY: {policy}\n")}");
        await destination.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_lines.Lines > 0)
        {
            await destination.WriteAsync(_lines.Slice(0, _lines.Lines), cancellationToken);
            _lines.Clear();
        }
    }

    private ValueTask FlushWhenFullAsync(CancellationToken cancellationToken) =>
        _lines.Lines < LinesHeld ? ValueTask.CompletedTask : FlushAsync(cancellationToken);

    private SeriesTags Tags(GatewaySerial serial, SecurityGroupId? group)
    {
        var key = (serial, group?.Value ?? 0);
        if (!_tags.TryGetValue(key, out var tags))
        {
            tags = new SeriesTags(fabric, serial, key.Item2, site: null);
            _tags.Add(key, tags);
        }

        return tags;
    }
}
