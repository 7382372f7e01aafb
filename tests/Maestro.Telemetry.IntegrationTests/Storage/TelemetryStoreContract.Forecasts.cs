using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using static Maestro.Telemetry.IntegrationTests.Storage.Batches;

namespace Maestro.Telemetry.IntegrationTests.Storage;

public abstract partial class TelemetryStoreContract
{
    [Fact]
    public async Task Forecast_IsTheNewestIssuedAtOrBefore()
    {
        var first = Forecast(Noon, 1.25);
        var second = Forecast(Noon.AddMinutes(5).AddTicks(7), Math.PI);
        await _store.AppendForecastAsync(second, default);
        await _store.AppendForecastAsync(first, default);
        await _store.AppendForecastAsync(second with { Resource = Resource.BitsPerSecond, Model = "other" }, default);

        Assert.Null(await FindAsync(Noon.AddTicks(-1)));
        AssertSame(first, await FindAsync(Noon));
        AssertSame(first, await FindAsync(second.IssuedAt.AddTicks(-1)));
        AssertSame(second, await FindAsync(second.IssuedAt));
        Assert.Null(await _store.GetForecastAsync(new SecurityGroupId(9), Resource.CpuWork, Noon, default));
    }

    [Fact]
    public async Task Retention_DeletesWhatIsTooOldPerResolution()
    {
        await WriteAsync(Full("A", 1, Noon, TimeSpan.FromSeconds(1), 600));
        await _store.AppendForecastAsync(Forecast(Noon, 1), default);
        await _store.AppendForecastAsync(Forecast(Noon.AddMinutes(9), 2), default);
        var policy = new RetentionPolicy(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1));

        var deleted = await _store.ApplyRetentionAsync(policy, Noon.AddMinutes(10), default);
        var nothing = await _store.ApplyRetentionAsync(policy, Noon.AddMinutes(10), default);

        Assert.Equal(new RetentionResult(480, 5, 1), deleted);
        Assert.Equal(default, nothing);
        Assert.Equal(Noon.AddMinutes(8), (await SamplesAsync("A", Noon, Noon.AddHours(1)))[0].Time);
        Assert.Equal(Noon.AddMinutes(5), (await RollupsAsync())[0].Minute);
        Assert.Null(await FindAsync(Noon.AddMinutes(8)));
        var statistics = await _store.GetStatisticsAsync(default);
        Assert.Equal((120, 5, 1), (statistics.SampleRows, statistics.RollupRows, statistics.Forecasts));
    }

    [Fact]
    public async Task Retention_ZeroKeepsForEver()
    {
        await WriteAsync(Of("A", 1, (0, 1)));

        var deleted = await _store.ApplyRetentionAsync(
            new RetentionPolicy(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero), Noon.AddYears(50), default);

        Assert.Equal(default, deleted);
        Assert.Single(await RollupsAsync());
    }

    private static DemandForecast Forecast(DateTimeOffset issued, double value) => new()
    {
        Group = new SecurityGroupId(1),
        Resource = Resource.CpuWork,
        Model = "direct",
        IssuedAt = issued,
        Start = issued.AddMinutes(1),
        Step = TimeSpan.FromMinutes(5),
        Levels = [0.5, 0.95],
        Marginal = new[] { value, value + 1, double.NaN, 1e300 },
        PathMaximum = new[] { 0, 0.5, 1, 2 },
        Trust = new ForecastTrust(true, 0.8, double.NaN, "better than last week's"),
    };

    private static void AssertSame(DemandForecast expected, DemandForecast? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Levels, actual.Levels);
        Assert.Equal(expected.Marginal.ToArray(), actual.Marginal.ToArray());
        Assert.Equal(expected.PathMaximum.ToArray(), actual.PathMaximum.ToArray());
        Assert.Equal(
            expected with { Levels = [], Marginal = default, PathMaximum = default },
            actual with { Levels = [], Marginal = default, PathMaximum = default });
    }

    private async Task<DemandForecast?> FindAsync(DateTimeOffset at) =>
        await _store.GetForecastAsync(new SecurityGroupId(1), Resource.CpuWork, at, default);
}
