using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Forecasting;

namespace Maestro.Telemetry.IntegrationTests.Service;

[Collection(ServerUnderTest.OneAtATime)]
public sealed class ForecastRestartTests
{
    private const int Minutes = 3 * 24 * 60;

    [Fact]
    public async Task Restart_OnTheSameFiles_ForecastsAtOnceFromTheSavedModels()
    {
        using var directory = new TemporaryDirectory();
        var storage = ("Maestro:Storage:Directory", directory.Path);
        Forecast before;
        await using (var server = await ServerUnderTest.StartAsync(storage))
        {
            await ImportAsync(server.Get<ITelemetryStore>());
            before = await ForecastAsync(server);
            Assert.Equal(1, await MetricAsync(server, Fits(before)));
            Assert.Equal(0, await MetricAsync(server, "maestro_forecasting_models_restored_total"));
        }

        await using var again = await ServerUnderTest.StartAsync(storage);
        var after = await ForecastAsync(again);

        Assert.Equal((before.Model, before.TrustReason), (after.Model, after.TrustReason));
        Assert.True(after.Trusted, after.TrustReason);
        Assert.True(after.IssuedAt.ToDateTimeOffset() > before.IssuedAt.ToDateTimeOffset());
        Assert.Equal(1, await MetricAsync(again, "maestro_forecasting_models_restored_total{outcome=\"Restored\"}"));
        Assert.Equal(0, await MetricAsync(again, Fits(before)));
        Assert.True(await MetricAsync(again, "maestro_forecasting_window_coverage_ratio{group=\"1\",resource=\"CpuWork\"}") > 0.9);
        Assert.Equal(0, await MetricAsync(again, "maestro_forecasting_refit_backlog"));
    }

    private static string Fits(Forecast forecast) => $"maestro_forecasting_fits_total{{model=\"{forecast.Model}\"";

    private static async Task<Forecast> ForecastAsync(ServerUnderTest server)
    {
        await server.Get<ForecastService>().RunAsync(default).WaitAsync(ServerUnderTest.Patience);
        return await server.Control.GetForecastAsync(new GetForecastRequest { Group = 1, Resource = "cpu_work" })
            .ResponseAsync.WaitAsync(ServerUnderTest.Patience);
    }

    /// <summary>The value of the first line that begins so; 0 when there is none.</summary>
    private static async Task<double> MetricAsync(ServerUnderTest server, string line)
    {
        var text = await server.Console.GetStringAsync("/metrics").WaitAsync(ServerUnderTest.Patience);
        var found = text.Split('\n').FirstOrDefault(l => l.StartsWith(line, StringComparison.Ordinal));
        return found is null
            ? 0
            : double.Parse(found[(found.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Three days of the CPU of both members, a sample a minute, up to now.</summary>
    private static async Task ImportAsync(ITelemetryStore store)
    {
        var first = TimeProvider.System.GetUtcNow().AddMinutes(-Minutes);
        long[] times = [.. Enumerable.Range(0, Minutes).Select(m => first.AddMinutes(m).ToUnixTimeMilliseconds())];
        double[] cpu =
        [
            .. Enumerable.Range(0, Minutes).Select(m =>
                50 + (20 * Math.Sin(2 * Math.PI * m / 1_440)) + (3 * new Random(m / 5).NextDouble())),
        ];
        await store.WriteAsync([.. new[] { "S1", "S2" }.Select(serial => Batch(serial, times, cpu))], default);
    }

    private static SampleBatch Batch(string serial, long[] times, double[] cpu) => new()
    {
        Serial = new(serial),
        Group = new SecurityGroupId(1),
        Metrics = [MetricId.CpuMeanPercent],
        TimestampsMs = times,
        Values = cpu,
    };
}
