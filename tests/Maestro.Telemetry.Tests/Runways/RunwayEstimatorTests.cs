using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Forecasting.Runways;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Runways;

public sealed class RunwayEstimatorTests
{
    private static readonly RunwayOptions Options = new() { Draws = 300 };

    [Fact]
    public void Of_AKnownTrend_FindsItsDate()
    {
        // The usual peak grows from 4 by 0.1 a week: 10 is reached 60 weeks after the first.
        var series = Weeks(20, week => 4 + (0.1 * week), noise: 0.05, seed: 1);

        var estimate = RunwayEstimator.Of(series, 10, Options);

        Assert.Equal((RunwayStatus.Growing, 20), (estimate.Status, estimate.Weeks));
        Assert.InRange(estimate.PerWeek, 0.095, 0.105);
        Assert.InRange((estimate.Reaches!.Value - series.Start).TotalDays / 7, 58, 64);
        Assert.True(estimate.Earliest <= estimate.Reaches && estimate.Reaches <= estimate.Latest);
    }

    [Fact]
    public void Of_WildWeeks_DoNotMoveTheLine()
    {
        var series = Weeks(20, week => week is 5 or 18 ? 30 : 4 + (0.1 * week), noise: 0.05, seed: 2);

        Assert.InRange(RunwayEstimator.Of(series, 10, Options).PerWeek, 0.09, 0.115);
    }

    [Fact]
    public void Of_TooFewWeeks_SaysHowManyAreNeeded()
    {
        var estimate = RunwayEstimator.Of(Weeks(5, _ => 4, noise: 0.1, seed: 3), 10, Options);

        Assert.Equal((RunwayStatus.TooShort, 5, 6), (estimate.Status, estimate.Weeks, estimate.WeeksNeeded));
        Assert.Null(estimate.Reaches);
        Assert.Equal(RunwayStatus.TooShort, RunwayEstimator.Of(new(default, TimeSpan.FromHours(1), default), 1, Options).Status);
    }

    [Fact]
    public void Of_WeeksThatAreMostlyUnknown_DoNotCount()
    {
        var series = Weeks(8, week => 4 + week, noise: 0.01, seed: 4);
        var values = series.Values.ToArray();
        Array.Fill(values, double.NaN, 3 * 168, 100);

        var estimate = RunwayEstimator.Of(series with { Values = values }, 100, Options);

        Assert.Equal(7, estimate.Weeks);
        Assert.InRange(estimate.PerWeek, 0.98, 1.05);
    }

    [Theory]
    [InlineData(0, RunwayStatus.NoGrowth)]
    [InlineData(-0.1, RunwayStatus.NoGrowth)]
    [InlineData(0.005, RunwayStatus.Far)]
    [InlineData(0.9, RunwayStatus.Reached)]
    public void Of_OtherGrowth_IsSaidAsItIs(double perWeek, RunwayStatus status)
    {
        var estimate = RunwayEstimator.Of(Weeks(30, w => 4 + (perWeek * w), noise: 0.02, seed: 5), 10, Options);

        Assert.Equal(status, estimate.Status);
        Assert.Null(estimate.Reaches);
    }

    [Fact]
    public void Of_WithoutATrend_RarelyClaimsOne()
    {
        var claims = Enumerable.Range(0, 200).Count(seed =>
            RunwayEstimator.Of(Weeks(12, _ => 4, noise: 0.6, seed), 10, Options).Status == RunwayStatus.Growing);

        // One in twenty is what an interval of 90 % allows.
        Assert.InRange(claims, 0, 24);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(26)]
    public void Interval_OfManyHistories_HoldsTheTrueGrowthAndDate(int weeks)
    {
        var (held, dated) = (0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var series = Weeks(weeks, week => 4 + (0.1 * week), noise: 0.6, seed: 1_000 + seed);
            var estimate = RunwayEstimator.Of(series, 10, Options);
            held += estimate.PerWeekLow <= 0.1 && 0.1 <= estimate.PerWeekHigh ? 1 : 0;

            // The noise lifts each week's peak by about a half, which is 5 weeks of growth.
            var truth = series.Start + TimeSpan.FromDays(7 * (61 - (Lift(0.6) / 0.1)));
            var early = estimate.Earliest is null || estimate.Earliest <= truth;
            dated += early && (estimate.Latest is null || truth <= estimate.Latest) ? 1 : 0;
        }

        // 90 % is promised; few weeks hold a little less.
        Assert.InRange(held, 160, 200);
        Assert.InRange(dated, 155, 200);
    }

    [Fact]
    public void Of_TheSameSeed_IsTheSame()
    {
        var series = Weeks(12, w => 4 + (0.1 * w), noise: 0.3, seed: 7);

        Assert.Equal(RunwayEstimator.Of(series, 10, Options), RunwayEstimator.Of(series, 10, Options));
        Assert.NotEqual(RunwayEstimator.Of(series, 10, Options), RunwayEstimator.Of(series, 10, Options with { Seed = 2 }));
    }

    [Fact]
    public void HigherLimit_IsNeverReachedEarlier() => Check((series, limit) =>
    {
        var low = RunwayEstimator.Of(series, limit, Options);
        var high = RunwayEstimator.Of(series, limit * 1.2, Options);
        Assert.True(low.Reaches is null || high.Reaches is null || low.Reaches <= high.Reaches);
        Assert.False(low.Status is RunwayStatus.Far && high.Status is RunwayStatus.Growing);
        Assert.True(low.Earliest is null || high.Earliest is null || low.Earliest <= high.Earliest);
    });

    [Fact]
    public void DemandAndLimitInAnotherUnit_GiveTheSameDate() => Check((series, limit) =>
    {
        double[] scaled = [.. series.Values.ToArray().Select(v => v * 8)];
        var (ours, theirs) = (RunwayEstimator.Of(series, limit, Options),
            RunwayEstimator.Of(series with { Values = scaled }, limit * 8, Options));
        Assert.Equal((ours.Status, ours.Reaches, ours.Earliest, ours.Latest),
            (theirs.Status, theirs.Reaches, theirs.Earliest, theirs.Latest));
    });

    private static void Check(Action<TimeSeries, double> claim) => Trials.Check(60, seed =>
    {
        var random = new Random(seed);
        var slope = (random.NextDouble() * 0.4) - 0.1;
        claim(Weeks(random.Next(6, 30), w => 4 + (slope * w), random.NextDouble(), seed), 5 + (20 * random.NextDouble()));
    });

    /// <summary>What noise adds to the .98 quantile of a week's hours, which are at their peak a sixth of the time.</summary>
    private static double Lift(double noise) => 0.88 * noise;

    /// <summary>Hours with a quiet night and a quiet weekend; noise is added to each.</summary>
    private static TimeSeries Weeks(int weeks, Func<int, double> peak, double noise, int seed)
    {
        var random = new Random(seed);
        var values = new double[weeks * 168];
        for (var hour = 0; hour < values.Length; hour++)
        {
            var busy = (hour / 24 % 7) < 5 && hour % 24 is >= 10 and < 16;
            values[hour] = (busy ? peak(hour / 168) : 1) + (noise * random.NextDouble());
        }

        return new(new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(1), values);
    }
}
