using System.Text.Json;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Influx;
using Maestro.Telemetry.Storage.Sqlite;
using static System.FormattableString;

namespace Maestro.Telemetry.Benchmarks.Stores;

/// <summary>Fills the stores with the same days, and times what forecasts, the console and Grafana read.</summary>
internal sealed class ReadBenchmark(ReadSettings settings)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly DateTimeOffset _end = Hour(TimeProvider.System.GetUtcNow());
    private readonly List<ReadTiming> _timings = [];

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("maestro-benchmark-");
        try
        {
            await using var store = SqliteTelemetryStore.Open(
                new SqliteStoreOptions { Directory = directory.FullName }, TimeProvider.System);
            await MeasureAsync("SQLite", store, cancellationToken);
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        if (settings.Influx is { } url)
        {
            await using var database = new InfluxDatabase(url);
            await using var store = InfluxTelemetryStore.Open(database.Options, TimeProvider.System);
            await MeasureAsync("InfluxDB", store, cancellationToken);
            await MeasurePanelsAsync(database, cancellationToken);
        }

        if (settings.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(_timings, Json));
        }

        return 0;
    }

    private async Task MeasureAsync(string name, ITelemetryStore store, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync(
            Invariant($"{name}: writing {settings.Sgms} SGMs for {settings.Days} days, a row each {Step.TotalSeconds} s"));
        await StoreFill.FillAsync(
            store, settings.Sgms, _end.AddDays(-settings.Days), _end, Step, cancellationToken);

        // What waits for its minute to end is stored by this.
        await store.GetStatisticsAsync(cancellationToken);
        await MeasureAsync(name, "a group's day by minute, for its forecast", () => CountAsync(
            store.ReadRollupsAsync(DemandSeries.Query(_end - Day, _end) with { Group = StoreFill.Group }, cancellationToken)));
        await MeasureAsync(name, "a group's day by minute, one metric", () => CountAsync(
            store.ReadRollupsAsync(OneMetric, cancellationToken)));
        await MeasureAsync(name, "an SGM's day, each sample", () => CountAsync(
            store.ReadSamplesAsync(StoreFill.Serial, _end - Day, _end, cancellationToken)));
    }

    // The queries of the panels, with their variables and macros filled in as Grafana does for a day in a wide window.
    private async Task MeasurePanelsAsync(InfluxDatabase database, CancellationToken cancellationToken)
    {
        var time = Invariant(
            $"time >= {(_end - Day).ToUnixTimeMilliseconds()}ms AND time <= {_end.ToUnixTimeMilliseconds()}ms");
        await PanelAsync(
            "panel: mean CPU of a group's SGMs, a day by minute",
            $"SELECT sum(\"cpu_mean_percent_sum\") / sum(\"n\") FROM \"sgm_1m\" WHERE {time} "
            + $"AND \"security_group\" =~ /^{StoreFill.Group}$/ GROUP BY time(1m), \"serial\" fill(null)");
        await PanelAsync(
            "panel: CPU of an SGM, a day by 10 s",
            $"SELECT mean(\"cpu_mean_percent\"), max(\"cpu_busiest_core_percent\") FROM \"samples\".\"sgm\" WHERE {time} "
            + $"AND \"serial\" =~ /^{StoreFill.Serial}$/ GROUP BY time(10s) fill(null)");

        Task PanelAsync(string read, string statement) =>
            MeasureAsync("InfluxDB", read, () => database.AskAsync(statement, cancellationToken));
    }

    private async Task MeasureAsync(string store, string read, Func<Task<long>> work)
    {
        var timing = await ReadTiming.MeasureAsync(store, read, settings.Runs, work);
        _timings.Add(timing);
        if (!settings.Json)
        {
            Console.WriteLine(Invariant(
                $"{timing.Store,-9}{timing.Read,-52}{timing.Rows,10:N0}   p50 {timing.P50Ms,7:F1} ms   p99 {timing.P99Ms,7:F1} ms"));
        }
    }

    private RollupQuery OneMetric =>
        new() { From = _end - Day, To = _end, Group = StoreFill.Group, Metrics = [MetricId.CpuMeanPercent] };

    private static async Task<long> CountAsync<T>(IAsyncEnumerable<T> rows)
    {
        var count = 0L;
        await foreach (var _ in rows)
        {
            count++;
        }

        return count;
    }

    private static DateTimeOffset Hour(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerHour));
}
