using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

public sealed class ForecastServiceTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    [Fact]
    public void Follow_ASeriesThatContinues_ShowsOnlyWhatIsNew()
    {
        var fitted = Fit(100);

        Assert.True(fitted.Follow(Series(0, 103)));
        Assert.Equal(Given.Noon + (103 * Step), fitted.Prepared.Next);
        Assert.True(fitted.Follow(Series(50, 54)));
        Assert.Equal(Given.Noon + (104 * Step), fitted.Prepared.Next);
        Assert.True(fitted.Follow(Series(0, 104)));
        Assert.Equal(Given.Noon + (104 * Step), fitted.Prepared.Next);
    }

    [Fact]
    public void Follow_ASeriesThatDoesNotContinue_SaysNo()
    {
        var fitted = Fit(100);

        Assert.False(fitted.Follow(Series(0, 99)));
        Assert.False(fitted.Follow(Series(101, 10)));
        Assert.Equal(Given.Noon + (100 * Step), fitted.Prepared.Next);
    }

    [Fact]
    public void IsOld_AtTheLimit_IsTrue()
    {
        var fitted = Fit(100);

        Assert.False(fitted.IsOld(Given.Noon + Step - TimeSpan.FromTicks(1), Step));
        Assert.True(fitted.IsOld(Given.Noon + Step, Step));
    }

    [Fact]
    public async Task Run_WithThreeDaysOfRollups_IssuesAndStoresForecasts()
    {
        var time = new ManualTimeProvider(Given.Noon);
        var store = new FakeStore();
        var board = new PlanBoard();
        using var service = Service(time, store, board);
        store.Rollups.AddRange(Rollups(Given.Noon - TimeSpan.FromDays(3), Given.Noon));

        await service.RunAsync(default).WaitAsync(Given.Patience);

        var forecast = board.ForecastOf(new(1), Resource.CpuWork)!;
        Assert.Equal(board.Forecasts.Count, store.Forecasts.Count);
        Assert.True(forecast.Start <= Given.Noon && forecast.Start > Given.Noon - (2 * Step));
        Assert.All(forecast.Marginal.ToArray(), value => Assert.True(double.IsFinite(value) && value >= 0));
        var issued = board.ForecastCount;
        time.Advance(Step);
        await service.RunAsync(default).WaitAsync(Given.Patience);
        Assert.Equal(2 * issued, board.ForecastCount);
    }

    [Fact]
    public async Task Run_StoreUnavailable_IsTriedAgainAtTheNextStep()
    {
        var time = new ManualTimeProvider(Given.Noon);
        var store = new FakeStore { Failures = 1 };
        var board = new PlanBoard();
        using var service = Service(time, store, board);
        store.Rollups.AddRange(Rollups(Given.Noon - TimeSpan.FromDays(2), Given.Noon));

        await service.RunAsync(default).WaitAsync(Given.Patience);
        Assert.Equal(0, board.ForecastCount);
        await service.RunAsync(default).WaitAsync(Given.Patience);

        Assert.True(board.ForecastCount > 0);
    }

    private static ForecastService Service(ManualTimeProvider time, FakeStore store, PlanBoard board)
    {
        var fabric = new FabricOptions { Groups = { new GroupOptions { Id = 1 } } };
        var state = new FabricState(time);
        state.Set(Given.Fabric(Given.Noon, Given.Gateway("S1", 1)));
        var options = Options.Create(new AutoscalerOptions { History = TimeSpan.FromDays(3) });
        return new ForecastService(
            new DemandBoard(store, state, options, time),
            board,
            new PolicyCatalogue(Options.Create(fabric)),
            store,
            options,
            time,
            NullLogger<ForecastService>.Instance);
    }

    private static IEnumerable<RollupRow> Rollups(DateTimeOffset from, DateTimeOffset to)
    {
        for (var minute = from; minute < to; minute += TimeSpan.FromMinutes(1))
        {
            var value = 50 + (20 * Math.Sin(minute.TimeOfDay.TotalHours * Math.PI / 12));
            yield return new RollupRow(
                minute, new("S1"), new(1), [.. DemandSeries.Metrics.Select(m => Of(m is MetricId.MemberState ? 6 : value))]);
        }
    }

    private static Rollup Of(double value) => new(6, value, value, 6 * value);

    private static FittedSeries Fit(int count) => new(
        new ForecastPipeline(new ForecastOptions()).Prepare(Series(0, count), default, default), Given.Noon);

    private static TimeSeries Series(int from, int count) => new(
        Given.Noon + (from * Step),
        Step,
        Enumerable.Range(from, count).Select(i => 10 + Math.Sin(i / 10.0)).ToArray());
}
