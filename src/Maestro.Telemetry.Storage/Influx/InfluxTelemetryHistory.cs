using System.Globalization;
using System.Runtime.CompilerServices;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>What a database of InfluxDB holds, asked for without making or mending anything there.</summary>
public sealed class InfluxTelemetryHistory : ITelemetryHistory
{
    private readonly InfluxStoreOptions _options;
    private readonly InfluxClient _client;

    private InfluxTelemetryHistory(InfluxStoreOptions options)
    {
        _options = options;
        _client = new InfluxClient(options);
    }

    /// <summary>Connects to nothing; the first question does.</summary>
    public static InfluxTelemetryHistory Open(InfluxStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        return new InfluxTelemetryHistory(options);
    }

    /// <summary>The server and its release.</summary>
    /// <exception cref="StoreUnavailableException">Nobody answers, or somebody else.</exception>
    public async ValueTask<InfluxServer> GetServerAsync(CancellationToken cancellationToken) =>
        await _client.PingAsync(cancellationToken);

    /// <summary>The retention policies of the database on 1.x; those of other releases are not told by this interface.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read now.</exception>
    public async ValueTask<IReadOnlyList<InfluxPolicy>> GetPoliciesAsync(CancellationToken cancellationToken) =>
        await InfluxSchema.PoliciesAsync(_client, _options, cancellationToken);

    public async ValueTask<(DateTimeOffset First, DateTimeOffset End)?> GetSpanAsync(CancellationToken cancellationToken)
    {
        var group = InfluxQl.Name(Measurements.GroupNumber);
        (string Field, string From)[] kinds =
            [(group, _options.Samples), (InfluxQl.Name(Measurements.RowCount), Measurements.Rollups)];
        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (var (field, from) in kinds)
        {
            if (await TimeAsync(field, from, "ASC", cancellationToken) is { } begin
                && await TimeAsync(field, from, "DESC", cancellationToken) is { } end)
            {
                first = Math.Min(first, begin);
                last = Math.Max(last, end);
            }
        }

        return first > last
            ? null
            : (DateTimeOffset.FromUnixTimeMilliseconds(first),
                DateTimeOffset.FromUnixTimeMilliseconds(((last / RollupKey.MsPerMinute) + 1) * RollupKey.MsPerMinute));
    }

    public async ValueTask<HistoryCounts> CountAsync(
        DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var range = InfluxQl.Between(InfluxQl.CeilingMs(from), InfluxQl.CeilingMs(to));
        return new HistoryCounts(
            await CountAsync(InfluxQl.Name(Measurements.GroupNumber), _options.Samples, range, cancellationToken),
            await CountAsync(InfluxQl.Name(Measurements.RowCount), Measurements.Rollups, range, cancellationToken),
            await CountAsync("model", Measurements.Forecasts, Issued(from, to), cancellationToken));
    }

    public async ValueTask<IReadOnlyDictionary<GatewaySerial, string>> GetSitesAsync(CancellationToken cancellationToken)
    {
        var newest = new Dictionary<GatewaySerial, (long Ms, string Site)>();
        await using var rows = await _client.QueryAsync(
            $"SELECT last({Measurements.RowCount}) FROM {Measurements.Rollups} "
            + $"GROUP BY {InfluxQl.Name(Measurements.Serial)}, {InfluxQl.Name(Measurements.Site)}",
            "ms",
            cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var serial = SampleColumns.SerialOf(rows.Series.Tags.GetValueOrDefault(Measurements.Serial));
            if (rows.Series.Tags.GetValueOrDefault(Measurements.Site) is { Length: > 0 } site
                && newest.GetValueOrDefault(serial).Ms < rows[0].Integer)
            {
                newest[serial] = (rows[0].Integer, TagText.Decode(site));
            }
        }

        return newest.ToDictionary(n => n.Key, n => n.Value.Site);
    }

    public async IAsyncEnumerable<StoredSample> ReadSamplesAsync(
        HistorySelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selection);
        var condition = InfluxQl.Between(InfluxQl.CeilingMs(selection.From), InfluxQl.CeilingMs(selection.To));
        await using var rows = await _client.QueryAsync(
            $"SELECT * FROM {_options.Samples} WHERE {condition}{Of(selection)}", "ms", cancellationToken);
        SampleColumns? columns = null;
        while (await rows.ReadAsync(cancellationToken))
        {
            columns = SampleColumns.Of(rows.Series, columns);
            var group = columns.Group(rows);
            yield return new StoredSample(columns.Serial(rows), new RawSample(
                DateTimeOffset.FromUnixTimeMilliseconds(rows[0].Integer),
                group == 0 ? null : new SecurityGroupId(group),
                columns.Metrics(rows),
                columns.Cores(rows)));
        }
    }

    public IAsyncEnumerable<RollupRow> ReadRollupsAsync(RollupQuery query, CancellationToken cancellationToken) =>
        new InfluxRollupReader(_client, query).ReadAsync([], cancellationToken);

    public async IAsyncEnumerable<DemandForecast> ReadForecastsAsync(
        HistorySelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selection);
        var condition = Issued(selection.From, selection.To) + Of(selection with { Serial = null });
        await using var rows = await _client.QueryAsync(
            $"SELECT * FROM {Measurements.Forecasts} WHERE {condition}", "ns", cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (int.TryParse(rows[Measurements.Group].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var group)
                && ResourceNames.Find(rows["resource"].Text) is { } resource)
            {
                yield return ForecastPoints.Read(rows, new SecurityGroupId(group), resource);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Issued(DateTimeOffset from, DateTimeOffset to) => string.Create(
        CultureInfo.InvariantCulture,
        $"time >= {ForecastPoints.Nanoseconds(from)} AND time < {ForecastPoints.Nanoseconds(to)}");

    private static string Of(HistorySelection selection)
    {
        var group = selection.Group is { } id ? Tag(Measurements.Group, id.ToString()) : "";
        return selection.Serial is { } serial ? group + Tag(Measurements.Serial, serial.Value) : group;
    }

    private static string Tag(string name, string value) =>
        $" AND {InfluxQl.Name(name)} = {InfluxQl.Text(TagText.Encode(value))}";

    private async Task<long?> TimeAsync(string field, string from, string order, CancellationToken cancellationToken)
    {
        await using var rows = await _client.QueryAsync(
            $"SELECT {field} FROM {from} ORDER BY time {order} LIMIT 1", "ms", cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? rows[0].Integer : null;
    }

    private async Task<long> CountAsync(string field, string from, string range, CancellationToken cancellationToken)
    {
        await using var rows = await _client.QueryAsync(
            $"SELECT count({field}) FROM {from} WHERE {range}", "ms", cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? rows[1].Integer : 0;
    }
}
