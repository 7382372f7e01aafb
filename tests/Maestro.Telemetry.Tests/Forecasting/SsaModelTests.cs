using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Metrics;
using Maestro.Telemetry.Forecasting.Models;
using Maestro.Telemetry.Forecasting.Models.Ssa;
using static Maestro.Telemetry.Tests.Forecasting.ForecastModelLawsTests;

namespace Maestro.Telemetry.Tests.Forecasting;

public sealed class SsaModelTests
{
    [Theory]
    [InlineData(RankSelectionMethod.Exact)]
    [InlineData(RankSelectionMethod.Fast)]
    public void Fit_OfWavesThatNoKnownPeriodNames_GoesOnAsTheyDid(RankSelectionMethod method)
    {
        var values = Waves(600);
        var series = new TrainingSeries { Values = values.AsMemory(0, 540), MaxHorizon = 60 };

        var fitted = new SsaModel(new() { WindowSize = 60, RankSelectionMethod = method })
            .Fit(series, CancellationToken.None).Model!;

        Assert.All(
            fitted.Forecast(60, [0.5], CancellationToken.None).Marginal.Zip(values.AsSpan(540).ToArray()),
            pair => Assert.Equal(pair.Second, pair.First, 0.01));
    }

    [Fact]
    public void Fit_WithAGap_KeepsThePhase()
    {
        var values = Waves(600);
        var holed = values[..540];
        Array.Fill(holed, double.NaN, 201, 7);
        holed[^1] = double.NaN;

        var fitted = new SsaModel(new() { WindowSize = 60 })
            .Fit(new() { Values = holed, MaxHorizon = 60 }, CancellationToken.None).Model!;

        var forecast = fitted.Forecast(60, [0.5], CancellationToken.None).Marginal;
        Assert.True(Mase.Of(values.AsSpan(540), forecast, 1) < 1.5);
    }

    [Fact]
    public void Fit_WithATrainSize_LearnsFromTheNewestValues()
    {
        double[] values = [.. Enumerable.Range(0, 600).Select(i => 100 + (10 * Math.Sin(2 * Math.PI * i / 24)))];
        Array.Fill(values, 7, 0, 300);
        var series = new TrainingSeries { Values = values, Periods = [24], MaxHorizon = 24 };

        var fitted = new SsaModel(new() { TrainSize = 240 }).Fit(series, CancellationToken.None).Model!;

        Assert.Equal(110, Median(fitted, 7), 0.01);
        Assert.Equal(90, Median(fitted, 19), 0.01);
    }

    [Fact]
    public void Stabilize_OfAGrowingWave_HoldsIt()
    {
        double[] values = [.. Enumerable.Range(0, 240).Select(i => 1_000 + (Math.Exp(0.02 * i) * Math.Sin(i * 0.5)))];
        var series = new TrainingSeries { Values = values, MaxHorizon = 200 };
        var options = new SsaOptions { WindowSize = 40, RankSelectionMethod = RankSelectionMethod.Fixed, Rank = 3 };

        Assert.InRange(Swing(options), 90, 140);
        Assert.InRange(Swing(options with { MaxGrowth = new(100, 2) }), 250, 550);
        Assert.True(Swing(options with { ShouldStabilize = false }) > 200);

        double Swing(SsaOptions options) => new SsaModel(options).Fit(series, CancellationToken.None).Model!
            .Forecast(200, [0.5], CancellationToken.None).Marginal[^20..].Max(value => Math.Abs(value - 1_000));
    }

    [Fact]
    public void Observe_WhenAdaptive_LearnsANewWave()
    {
        var options = new SsaOptions { WindowSize = 48, RankSelectionMethod = RankSelectionMethod.Fixed, Rank = 3 };
        var series = new TrainingSeries { Values = Wave(24, 480), MaxHorizon = 48 };
        var still = new SsaModel(options).Fit(series, CancellationToken.None).Model!;
        var adaptive = new SsaModel(options with { IsAdaptive = true, DiscountFactor = 0.97 })
            .Fit(series, CancellationToken.None).Model!;
        var changed = Wave(17, 544);
        foreach (var value in changed.AsSpan(0, 200))
        {
            still.Observe(value);
            adaptive.Observe(value);
        }

        adaptive = new SsaModel().Restore(adaptive.ToJson());
        foreach (var value in changed.AsSpan(200, 296))
        {
            still.Observe(value);
            adaptive.Observe(value);
        }

        var (missed, learned) = (Miss(still), Miss(adaptive));
        Assert.True(learned < 0.2 * missed, $"{learned} against {missed}");

        double Miss(IFittedModel model) => Mase.Of(
            changed.AsSpan(496, 48),
            Enumerable.Range(1, 48).Select(step => Median(model, step)).ToArray(),
            1);
    }

    [Fact]
    public void Fit_OfLessThanTwoWindows_IsRefusedWithTheNumbers()
    {
        var result = new SsaModel(new() { WindowSize = 30 })
            .Fit(new() { Values = new double[60] }, CancellationToken.None);

        Assert.Contains("60 steps", result.Refusal, StringComparison.Ordinal);
        Assert.Contains("two windows of 30", result.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_ThatContradictEachOther_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new SsaModel(new() { WindowSize = 30, TrainSize = 60 }));
        Assert.Throws<ArgumentException>(() => new SsaModel(new() { WindowSize = 30, SeriesLength = 30 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SsaOptions { WindowSize = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SsaOptions { DiscountFactor = 0 });
    }

    [Fact]
    public void ConfidenceLevels_OfNinetyFivePercent_AreItsTails()
    {
        var (lower, upper) = SsaOptions.ConfidenceLevels(0.95);

        Assert.Equal((0.025, 0.975), (lower, upper), (left, right) =>
            Math.Abs(left.Item1 - right.Item1) < 1e-12 && Math.Abs(left.Item2 - right.Item2) < 1e-12);
    }

    [Fact]
    public void Fit_OfDailyDemand_BeatsSeasonalNaive()
    {
        var values = LoadCurve.DaysAndWeeks(12, 0.1);
        var past = values[..^LoadCurve.Day];

        var (model, naive) = (Miss(new SsaModel()), Miss(new SeasonalNaiveModel()));

        Assert.True(model < naive, $"{model} against {naive}");

        double Miss(IForecastModel of) => Mase.Of(
            values.AsSpan(past.Length),
            Fit(of, past).Forecast(LoadCurve.Day, [0.5], CancellationToken.None).Marginal,
            1);
    }

    private static double[] Waves(int count) =>
    [
        .. Enumerable.Range(0, count).Select(static i => 50
            + (20 * Math.Sin(2 * Math.PI * i / 31.4))
            + (8 * Math.Cos(2 * Math.PI * i / 11.7))),
    ];

    private static double[] Wave(int period, int count) =>
        [.. Enumerable.Range(0, count).Select(i => 50 + (20 * Math.Sin(2 * Math.PI * i / period)))];
}
