using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Scaling.Learning;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Tests.Support;

namespace Maestro.Telemetry.Tests.Service;

public sealed class ForecastServiceTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);
    private static readonly int Resources = Enum.GetValues<Resource>().Length;

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
        using var service = new ForecastingUnderTest(time, store, new(), board: board);
        store.Rollups.AddRange(Rollups(Given.Noon - TimeSpan.FromDays(3), Given.Noon));

        await service.RunAsync();

        var forecast = board.ForecastOf(new(1), Resource.CpuWork)!;
        Assert.Equal(board.Forecasts.Count, store.Forecasts.Count);
        Assert.True(forecast.Start <= Given.Noon && forecast.Start > Given.Noon - (2 * Step));
        Assert.All(forecast.Marginal.ToArray(), value => Assert.True(double.IsFinite(value) && value >= 0));
        var issued = board.ForecastCount;
        time.Advance(Step);
        await service.RunAsync();
        Assert.Equal(2 * issued, board.ForecastCount);
    }

    [Fact]
    public async Task Run_StoreUnavailable_IsTriedAgainAtTheNextStep()
    {
        var time = new ManualTimeProvider(Given.Noon);
        var store = new FakeStore { Failures = 1 };
        var board = new PlanBoard();
        using var service = new ForecastingUnderTest(time, store, new(), board: board);
        store.Rollups.AddRange(Rollups(Given.Noon - TimeSpan.FromDays(2), Given.Noon));

        await service.RunAsync();
        Assert.Equal(0, board.ForecastCount);
        await service.RunAsync();

        Assert.True(board.ForecastCount > 0);
    }

    [Fact]
    public async Task Run_AfterARestart_GoesOnWithTheSavedModelAndFitsNothing()
    {
        var (time, store, models) = (new ManualTimeProvider(Given.Noon), new FakeStore(), new FakeModelStore());
        store.Rollups.AddRange(Rollups(Given.Noon - TimeSpan.FromDays(3), Given.Noon + TimeSpan.FromHours(2)));
        using var first = new ForecastingUnderTest(time, store, models);
        await first.RunAsync();
        time.Advance(TimeSpan.FromHours(1));
        await first.RunAsync();

        using var second = new ForecastingUnderTest(time, store, models);
        await second.RunAsync();

        Assert.Equal(Resources, first.Count("maestro.forecasting.fits"));
        Assert.Equal(0, second.Count("maestro.forecasting.fits"));
        Assert.Equal(Resources, second.Count("maestro.forecasting.models_restored", "Restored"));
        var (before, after) = (first.Forecast, second.Forecast);
        Assert.Equal((before.Start, before.Trust), (after.Start, after.Trust));
        Assert.Equal(before.Marginal.ToArray(), after.Marginal.ToArray());
        Assert.Equal(before.PathMaximum.ToArray(), after.PathMaximum.ToArray());
    }

    [Theory]
    [InlineData("unreadable", "Unreadable")]
    [InlineData("format", "Outdated")]
    [InlineData("weights", "Outdated")]
    [InlineData("ahead", "Outdated")]
    [InlineData("old", "Outdated")]
    public async Task Run_WithASavedModelThatCannotGoOn_FitsAnewAndCountsWhy(string fault, string outcome)
    {
        var (time, store, models) = (new ManualTimeProvider(Given.Noon), new FakeStore(), new FakeModelStore());
        store.Rollups.AddRange(Rollups(Given.Noon - TimeSpan.FromDays(3), Given.Noon));
        using (var first = new ForecastingUnderTest(time, store, models))
        {
            await first.RunAsync();
        }

        foreach (var (key, saved) in models.Models.ToList())
        {
            models.Models[key] = fault switch
            {
                "unreadable" => saved with { State = saved.State[..^9] },
                "format" => saved with { Format = 99 },
                "weights" => saved with { Weights = "S1=4" },
                "ahead" => saved with
                {
                    State = saved.State.Replace("\"NextTicks\":6", "\"NextTicks\":7", StringComparison.Ordinal),
                },
                _ => saved with { Next = saved.Next - TimeSpan.FromDays(30) },
            };
        }

        using var second = new ForecastingUnderTest(time, store, models);
        await second.RunAsync();

        Assert.Equal(Resources, second.Count("maestro.forecasting.models_restored", outcome));
        Assert.Equal(Resources, second.Count("maestro.forecasting.fits"));
        Assert.All(models.Models.Values, saved => Assert.Equal((1, "S1=1"), (saved.Format, saved.Weights)));
        Assert.True(second.Board.ForecastCount > 0);
    }

    [Fact]
    public async Task Run_WithImportedHistory_TrustsTheFirstForecast()
    {
        var (time, store) = (new ManualTimeProvider(Given.Noon), new FakeStore());
        store.Rollups.AddRange(Rollups(Given.Noon - TimeSpan.FromDays(14), Given.Noon));
        using var forecasting = new ForecastingUnderTest(time, store, new(), o => o.History = TimeSpan.FromDays(14));

        await forecasting.RunAsync();

        Assert.True(forecasting.Forecast.Trust.Trusted, forecasting.Forecast.Trust.Reason);
    }

    [Fact]
    public async Task Run_WithMoreOldModelsThanTimeForThem_FitsTheMostOverdueAndShowsTheRest()
    {
        var (time, store) = (new ManualTimeProvider(Given.Noon), new FakeStore());
        store.Rollups.AddRange(Rollups(Given.Noon - TimeSpan.FromDays(2), Given.Noon + TimeSpan.FromHours(8)));
        var models = new FakeModelStore { OnSave = () => time.Advance(TimeSpan.FromSeconds(40)) };
        using var forecasting = new ForecastingUnderTest(time, store, models);
        await forecasting.RunAsync();
        Assert.Equal(Resources, forecasting.Count("maestro.forecasting.fits"));

        time.Advance(TimeSpan.FromHours(6));
        await forecasting.RunAsync();

        // A quarter of five minutes is over after the second fit.
        Assert.Equal(Resources + 2, forecasting.Count("maestro.forecasting.fits"));
        Assert.Equal(Resources - 2, forecasting.Gauge("maestro.forecasting.refit_backlog"));
        await forecasting.RunAsync();
        Assert.Equal(2 * Resources, forecasting.Count("maestro.forecasting.fits"));
        Assert.Equal(0, forecasting.Gauge("maestro.forecasting.refit_backlog"));
    }

    [Fact]
    public async Task Run_WhenFitsTakeTooLong_UsesASimplerModel()
    {
        var (time, store) = (new ManualTimeProvider(Given.Noon), new FakeStore());
        store.Rollups.AddRange(Rollups(Given.Noon - TimeSpan.FromDays(3), Given.Noon));
        using var forecasting = new ForecastingUnderTest(time, store, new(), chain: clock => new([new SlowModel(clock)]));

        await forecasting.RunAsync();

        Assert.Equal(Resources, forecasting.Count("maestro.forecasting.fits", "TimedOut"));
        Assert.Equal("seasonal-naive", forecasting.Forecast.Model);
    }

    [Fact]
    public async Task Run_WhenModelsCannotBeSaved_ForecastsAllTheSame()
    {
        var (time, store) = (new ManualTimeProvider(Given.Noon), new FakeStore());
        store.Rollups.AddRange(Rollups(Given.Noon - TimeSpan.FromDays(2), Given.Noon));
        using var forecasting = new ForecastingUnderTest(time, store, new FakeModelStore { Unavailable = true });

        await forecasting.RunAsync();

        Assert.Equal(Resources, forecasting.Board.ForecastCount);
    }

    [Fact]
    public async Task Explain_WithATrustedForecast_SaysWhoCarriesMostAndWhatItsLossWouldMean()
    {
        var (time, store) = (new ManualTimeProvider(Given.Noon), new FakeStore());
        store.Rollups.AddRange(Rollups(Given.Noon - TimeSpan.FromDays(3), Given.Noon));
        store.Rollups.AddRange(store.Rollups.Select(row => row with { Serial = new("S2") }).ToList());
        using var forecasting = new ForecastingUnderTest(time, store, new(), serials: ["S1", "S2"]);
        Assert.Empty(forecasting.Members.Explain(Given.Policy()));
        forecasting.Latest.Update(Given.Batch("S1", 30));
        forecasting.Latest.Update(Given.Batch("S2", 60));

        await forecasting.RunAsync();

        // The two carry about 1.04 at noon, of which S2 has two thirds.
        var sentence = Assert.Single(forecasting.Members.Explain(Given.Policy()));
        Assert.Matches("SGM S2 is expected to be the busiest, with up to (6[5-9]|7[0-9]) %", sentence);
        Assert.Matches("without it that would be SGM S1, with up to 1[01][0-9] %", sentence);
    }

    [Fact]
    public async Task Run_WithALearnedLeadTime_JudgesNewFitsByIt_AndGoesOnWithOldOnes()
    {
        var (time, store, models) = (new ManualTimeProvider(Given.Noon), new FakeStore(), new FakeModelStore());
        store.Rollups.AddRange(Rollups(Given.Noon - TimeSpan.FromDays(3), Given.Noon));
        var board = new PlanBoard();
        board.Set(Learned(40), new ScalingPlan(Given.Noon, [], [], PlannerMemory.Empty));
        using var first = new ForecastingUnderTest(time, store, models, board: board);
        await first.RunAsync();
        using var second = new ForecastingUnderTest(time, store, models);
        await second.RunAsync();

        // 36 minutes are 8 steps of 5; the second knows nothing of them yet.
        Assert.Equal(36, board.LeadTimeOf(Given.Policy()).TotalMinutes, 0);
        Assert.All(models.Models.Values, m => Assert.Contains("window 8,", m.State, StringComparison.Ordinal));
        Assert.Equal(Resources, second.Count("maestro.forecasting.models_restored", "Restored"));
        Assert.Equal(first.Forecast.Marginal.ToArray(), second.Forecast.Marginal.ToArray());
    }

    [Theory]
    [InlineData(48, "window 8,")]
    [InlineData(90, "window 16,")]
    public async Task Refit_LeadTimeLearnedMeanwhile_IsTakenOverWhenItDiffersByAQuarter(int minutes, string window)
    {
        var (time, store, models) = (new ManualTimeProvider(Given.Noon), new FakeStore(), new FakeModelStore());
        store.Rollups.AddRange(Rollups(Given.Noon - TimeSpan.FromDays(3), Given.Noon + TimeSpan.FromDays(2)));
        var board = new PlanBoard();
        board.Set(Learned(40), new ScalingPlan(Given.Noon, [], [], PlannerMemory.Empty));
        using var forecasting = new ForecastingUnderTest(
            time, store, models, o => (o.RefitEvery, o.RefitShare) = (TimeSpan.FromHours(1), 1), board: board);
        await forecasting.RunAsync();
        board.Set(Learned(minutes), new ScalingPlan(Given.Noon, [], [], PlannerMemory.Empty));
        time.Advance(TimeSpan.FromHours(2));
        await forecasting.RunAsync();

        Assert.All(models.Models.Values, m => Assert.Contains(window, m.State, StringComparison.Ordinal));
    }

    // 14 joins, weighed against 3 of the policy's 20 minutes.
    private static PlannerInput Learned(int minutes)
    {
        var time = TimeSpan.FromMinutes(minutes);
        var gateway = Given.Gateway("S1", 1);
        var join = new LearnedJoin(gateway.Site, gateway.Model.Name, false, new(14, 14, time, time, time));
        return new()
        {
            Now = Given.Noon,
            Fabric = Given.Fabric(Given.Noon, gateway),
            Limits = new(),
            Policies = [Given.Policy()],
            Telemetry = [],
            LeadTimes = new() { Joins = [join] },
        };
    }

    [Fact]
    public async Task Run_OverAJump_RaisesTheScoreAndAnAlertOnce()
    {
        var (time, store) = (new ManualTimeProvider(Given.Noon), new FakeStore());
        store.Rollups.AddRange(Rollups(Given.Noon - TimeSpan.FromDays(3), Given.Noon));
        store.Rollups.AddRange(Rollups(Given.Noon, Given.Noon + TimeSpan.FromHours(1), jump: 40));
        using var forecasting = new ForecastingUnderTest(time, store, new());
        await forecasting.RunAsync();

        for (var i = 0; i < 5; i++)
        {
            time.Advance(Step);
            await forecasting.RunAsync();
        }

        Assert.True(forecasting.Counters.HealthOf(new(new(1), Resource.CpuWork))!.AnomalyScore > 2.5);
        Assert.Equal(Resources, forecasting.Counters.Unusual.Count());
        Assert.Equal(Resources, forecasting.Count("maestro.forecasting.anomaly_alerts"));
    }

    private static IEnumerable<RollupRow> Rollups(DateTimeOffset from, DateTimeOffset to, double jump = 0)
    {
        for (var minute = from; minute < to; minute += TimeSpan.FromMinutes(1))
        {
            // Noise, so that no forecast is exact.
            var noise = new Random((int)(minute.ToUnixTimeSeconds() / 300)).NextDouble();
            var value = 50 + jump + (20 * Math.Sin(minute.TimeOfDay.TotalHours * Math.PI / 12)) + (4 * noise);
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
