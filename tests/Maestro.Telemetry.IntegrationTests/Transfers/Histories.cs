using System.Globalization;
using Maestro.Telemetry.Cli.Transfers;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.IntegrationTests.Transfers;

/// <summary>Stores with the same three hours in them, and what a store holds as text that can be compared.</summary>
internal static class Histories
{
    public static readonly DateTimeOffset Begin = Batches.Noon;
    public static readonly DateTimeOffset End = Batches.Noon.AddHours(3);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    /// <summary>Settings of a store that keeps everything for ever.</summary>
    /// <param name="location">As <see cref="StoreLocation"/> reads it.</param>
    /// <param name="directory">The data directory of InfluxDB.</param>
    public static StoreSettings Settings(string location, string? directory = null) => StoreSettings.Read(null,
    [
        .. StoreLocation.Parse(location)!,
        .. directory is null ? [] : new KeyValuePair<string, string?>[] { new("Maestro:Storage:Directory", directory) },
        new("Maestro:Storage:KeepSamples", "00:00:00"),
        new("Maestro:Storage:KeepRollups", "00:00:00"),
        new("Maestro:Storage:KeepForecasts", "00:00:00"),
    ]);

    /// <summary>Two SGMs of which one moves, with cores, forecasts, and an hour and a half of which only roll-ups are left.</summary>
    public static async Task FillAsync(StoreSettings settings, Func<GatewaySerial, string?>? siteOf = null)
    {
        await using var store = settings.OpenStore(siteOf);
        await store.WriteAsync(
            [
                Batches.Full("A", 1, Begin, Step, 1_080),
                Batches.Full("B, \"2\"", 1, Begin.AddSeconds(3), Step, 360),
                Batches.Full("B, \"2\"", 2, Begin.AddHours(1).AddSeconds(3), Step, 700),
                Cores("C", Begin.AddHours(2)),
            ],
            default);
        for (var i = 0; i < 5; i++)
        {
            await store.AppendForecastAsync(Forecast(Begin.AddMinutes(i * 30)), default);
        }

        // In the middle of a minute: what is left of it is less than its roll-up.
        var now = Begin.AddMinutes(90).AddSeconds(35).AddHours(1);
        await store.ApplyRetentionAsync(
            new RetentionPolicy(TimeSpan.FromHours(1), TimeSpan.Zero, TimeSpan.Zero), now, default);
    }

    /// <summary>Everything, a line each.</summary>
    public static async Task<List<string>> ContentAsync(StoreSettings settings)
    {
        await using var history = settings.OpenHistory();
        var lines = new List<string>();
        await foreach (var stored in history.ReadSamplesAsync(new HistorySelection(Begin, End), default))
        {
            var (serial, sample) = stored;
            lines.Add(Text(
                $"sample {sample.Time:O} {serial} {sample.Group} {Join(sample.Values)} {Join(sample.Cores)}"));
        }

        await foreach (var row in history.ReadRollupsAsync(
            new RollupQuery { From = Begin, To = End, Metrics = Enum.GetValues<MetricId>() }, default))
        {
            lines.Add(Text($"rollup {row.Minute:O} {row.Serial} {row.Group} {string.Join(' ', row.Values)}"));
        }

        await foreach (var forecast in history.ReadForecastsAsync(new HistorySelection(Begin, End), default))
        {
            lines.Add(Text(
                $"forecast {forecast.IssuedAt:O} {forecast.Group} {forecast.Resource} {string.Join(' ', forecast.Marginal.ToArray())}"));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Join<TKey>(IEnumerable<KeyValuePair<TKey, double>> values) =>
        string.Join(' ', values.Select(v => Text($"{v.Key}={v.Value}")));

    private static SampleBatch Cores(string serial, DateTimeOffset start) => new()
    {
        Serial = new GatewaySerial(serial),
        Metrics = [MetricId.CpuMeanPercent],
        Cores = [new CoreId(0, CoreType.Snd), new CoreId(1, CoreType.Fw)],
        TimestampsMs = new[] { start.ToUnixTimeMilliseconds(), start.ToUnixTimeMilliseconds() + 10_000 },
        Values = new[] { 12.5, 13.25 },
        CoreValues = new[] { 1.5, 2.25, 3, 99.75 },
    };

    private static DemandForecast Forecast(DateTimeOffset issued) => new()
    {
        Group = new SecurityGroupId(1),
        Resource = Resource.CpuWork,
        Model = "direct",
        IssuedAt = issued,
        Start = issued,
        Step = TimeSpan.FromMinutes(5),
        Levels = [0.5, 0.95],
        Marginal = new[] { 1.5, 2.5, 3, 4 },
        PathMaximum = new[] { 1.5, 2.5, 3.5, 4.5 },
        Trust = new ForecastTrust(true, 0.8, 0.9, "good"),
    };
}
