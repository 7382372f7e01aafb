using System.Runtime.CompilerServices;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Everything in it, for those who take it elsewhere.</summary>
public sealed partial class SqliteTelemetryHistory
{
    // Read in one go: while a reading lasts, the service's write-ahead log cannot be cut.
    private static readonly TimeSpan Stretch = TimeSpan.FromMinutes(10);

    private static readonly string SamplesSql =
        $"SELECT id, grp, {string.Join(", ", MetricColumns.Names)}, layout, cores FROM sample "
        + "WHERE id >= ? AND id < ? ORDER BY id";

    private readonly Dictionary<int, CoreId[]> _layouts = [];

    public ValueTask<(DateTimeOffset First, DateTimeOffset End)?> GetSpanAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(Span);

    public ValueTask<HistoryCounts> CountAsync(
        DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) => ValueTask.FromResult(
        new HistoryCounts(
            Count("SELECT COUNT(*) FROM sample WHERE id >= ? AND id < ?", SampleKey.Floor(from), SampleKey.Floor(to)),
            Count(
                "SELECT COUNT(*) FROM rollup WHERE id >= ? AND id < ?",
                RollupKey.MinuteAtOrAfter(from) << RollupKey.SuffixBits,
                RollupKey.MinuteAtOrAfter(to) << RollupKey.SuffixBits),
            HasForecasts
                ? Count(
                    "SELECT COUNT(*) FROM forecast WHERE issued_ticks >= ? AND issued_ticks < ?",
                    ForecastTable.Ticks(from),
                    ForecastTable.Ticks(to))
                : 0));

    public ValueTask<IReadOnlyDictionary<GatewaySerial, string>> GetSitesAsync(CancellationToken cancellationToken)
    {
        var sites = new Dictionary<GatewaySerial, string>();

        // Databases of the first two schemas have none.
        if (_database.Scalar("PRAGMA user_version") > 2)
        {
            var gateways = _database.Cached("SELECT serial, site FROM gateway WHERE site IS NOT NULL");
            while (gateways.Step())
            {
                sites[new GatewaySerial(gateways.GetString(0))] = gateways.GetString(1);
            }
        }

        return new(sites);
    }

    public async IAsyncEnumerable<StoredSample> ReadSamplesAsync(
        HistorySelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selection);
        for (var from = selection.From; from < selection.To; from += Stretch)
        {
            var to = selection.To - from < Stretch ? selection.To : from + Stretch;
            foreach (var sample in Samples(selection with { From = from, To = to }))
            {
                yield return sample;
            }

            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async IAsyncEnumerable<RollupRow> ReadRollupsAsync(
        RollupQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        foreach (var row in ReadRollups(query))
        {
            yield return row;
        }

        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
    }

    public async IAsyncEnumerable<DemandForecast> ReadForecastsAsync(
        HistorySelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selection);
        if (!HasForecasts)
        {
            yield break;
        }

        foreach (var forecast in ForecastTable.Between(_database, selection))
        {
            yield return forecast;
        }

        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    // A database of the first schema has none.
    private bool HasForecasts => _database.Scalar("PRAGMA user_version") > 1;

    private long Count(string statement, long from, long to)
    {
        var count = _database.Cached(statement);
        count.Bind(1, from);
        count.Bind(2, to);
        var rows = count.Step() ? count.GetInt64(0) : 0;
        count.Reset();
        return rows;
    }

    private List<StoredSample> Samples(HistorySelection selection)
    {
        var samples = new List<StoredSample>();
        _database.BeginRead();
        try
        {
            var names = GatewayNames.Read(_database);
            var rows = _database.Cached(SamplesSql);
            rows.Bind(1, SampleKey.Floor(selection.From));
            rows.Bind(2, SampleKey.Floor(selection.To));
            while (rows.Step())
            {
                var key = rows.GetInt64(0);
                var serial = names[SampleKey.Gateway(key)];
                SecurityGroupId? group = rows.GetInt32(1) is var number and not 0 ? new(number) : null;
                if ((selection.Group ?? group) == group && (selection.Serial ?? serial) == serial)
                {
                    samples.Add(new StoredSample(serial, new RawSample(
                        DateTimeOffset.FromUnixTimeMilliseconds(SampleKey.Time(key)),
                        group,
                        SampleReader.ReadMetrics(rows, 2),
                        SampleReader.ReadCores(_database, rows, _layouts))));
                }
            }
        }
        finally
        {
            _database.Abandon();
        }

        return samples;
    }
}
