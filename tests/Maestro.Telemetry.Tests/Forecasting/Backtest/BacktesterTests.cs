using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Backtest;
using Maestro.Telemetry.Forecasting.Models;
using Maestro.Telemetry.Forecasting.Models.Theta;

namespace Maestro.Telemetry.Tests.Forecasting.Backtest;

public sealed class BacktesterTests
{
    private const int Day = 24;

    [Fact]
    public void Run_JudgesTheModelsAndSeasonalNaiveLast()
    {
        var result = Run(new() { Models = [new NaiveModel(), new ThetaModel()] });

        Assert.Equal(
            [NaiveModel.ModelName, ThetaModel.ModelName, SeasonalNaiveModel.ModelName],
            result.Models.Select(m => m.Model));
        Assert.Equal(1, result.Models[^1].RelativeLoss, 1e-12);
        Assert.True(result.Models[0].RelativeLoss > 1);
        Assert.All(result.Models, m => Assert.Equal(10, m.Made[m.Model]));
    }

    [Fact]
    public void Run_SeriesThatRepeatsItself_SeasonalNaiveMissesNothing()
    {
        double[] values = [.. Enumerable.Range(0, 20 * Day).Select(i => 10.0 + (i % Day))];

        var seasonal = Run(new() { Models = [new NaiveModel()], Windows = [6] }, values).Models[^1];

        Assert.Equal(0, seasonal.Score.AbsoluteError, 1e-9);
        Assert.Equal(1, seasonal.Windows[0].Coverage);
    }

    [Theory]
    [InlineData(BacktestStrategy.Refit)]
    [InlineData(BacktestStrategy.Update)]
    [InlineData(BacktestStrategy.NoUpdate)]
    public void Run_WhatComesAfterAnOrigin_ChangesNoForecastFromIt(BacktestStrategy strategy)
    {
        var values = Curve(20);
        double[] other = [.. values];
        var options = new BacktestOptions { Models = [new ThetaModel()], Strategy = strategy, Origins = 4, Kept = 4 };

        var before = Run(options, values);
        for (var i = before.Origins[2]; i < other.Length; i++)
        {
            other[i] *= 3;
        }

        var after = Run(options, other);

        for (var kept = 0; kept < 3; kept++)
        {
            Assert.Equal(
                before.Models[0].Kept[kept].Forecast.Marginal, after.Models[0].Kept[kept].Forecast.Marginal);
        }
    }

    [Fact]
    public void Run_FirstOrigin_IsTheSameForEachStrategy()
    {
        var values = Curve(20);
        var first = Enum.GetValues<BacktestStrategy>()
            .Where(strategy => strategy != BacktestStrategy.NoUpdate)
            .Select(strategy => Run(
                new() { Models = [new ThetaModel()], Strategy = strategy, Origins = 3, Kept = 3 }, values))
            .Select(result => result.Models[0].Kept[0].Forecast.Marginal)
            .ToList();

        Assert.Equal(first[0], first[1]);
    }

    [Fact]
    public void Run_RefitEveryOrigin_IsRefit()
    {
        var values = Curve(20);
        var options = new BacktestOptions { Models = [new ThetaModel()], Origins = 4 };

        var refit = Run(options, values);
        var update = Run(options with { Strategy = BacktestStrategy.Update, RefitEvery = 1 }, values);

        Assert.Equal(refit.Models[0].Score, update.Models[0].Score);
        Assert.Equal(refit.Models[0].Windows, update.Models[0].Windows);
    }

    [Fact]
    public void Run_NoUpdate_AgesAndUpdateDoesNot()
    {
        double[] values = [.. Curve(20).Select((value, i) => i < 12 * Day ? value : 5 * value)];
        var options = new BacktestOptions { Models = [new NaiveModel()], Origins = 5 };

        var update = Run(options with { Strategy = BacktestStrategy.Update }, values).Models[0];
        var aged = Run(options with { Strategy = BacktestStrategy.NoUpdate }, values).Models[0];

        Assert.True(aged.Score.Mase > update.Score.Mase);
        Assert.Equal(update.Windows.Select(w => w.Count), aged.Windows.Select(w => w.Count));
    }

    [Fact]
    public void Run_Stride_PutsOriginsBackFromTheEnd()
    {
        var result = Run(new() { Models = [], Origins = 3, Stride = 7 }, Curve(20));

        var last = (20 * Day) - Day;
        Assert.Equal([last - 14, last - 7, last], result.Origins);
    }

    [Fact]
    public void Run_WindowsDoNotOverlap()
    {
        var result = Run(new() { Models = [], Origins = 3, Stride = 8, Windows = [4, 6] }, Curve(20));

        // Two origins are 8 steps from the next one; the last has its whole day.
        Assert.Equal([2 + 2 + 6, 1 + 1 + 4], result.Models[0].Windows.Select(w => w.Count));
    }

    [Fact]
    public void Run_Buckets_CoverTheHorizonOnce()
    {
        var result = Run(new() { Models = [], Buckets = [1, 6, 100] }, Curve(20));

        Assert.Equal([(1, 1), (2, 6), (7, Day)], result.Models[0].Buckets.Select(b => (b.First, b.Last)));
    }

    [Fact]
    public void Run_OriginBeforeAGap_IsSkipped()
    {
        var values = Curve(20);
        values.AsSpan(^Day..).Fill(double.NaN);

        var result = Run(new() { Models = [], Origins = 3, Stride = 2 * Day }, values);

        Assert.Equal((2, 1), (result.Origins.Count, result.Skipped));
    }

    [Fact]
    public void Run_SeriesShorterThanItsHorizon_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Run(new() { Models = [] }, Curve(1)));

    [Fact]
    public void Run_ModelThatRefuses_LeavesItToTheNext()
    {
        double[] values = [.. Curve(3)[..40]];

        var model = Run(new() { Models = [new ThetaModel()], Origins = 1, Context = 16 }, values).Models[0];

        Assert.Equal(["naive"], model.Made.Keys);
        Assert.Contains("theta was refused", model.FellBack, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Reliability_GrowsWithTheLevel()
    {
        var reliability = Run(new() { Models = [new ThetaModel()] }).Models[0].Reliability;

        Assert.Equal(BacktestOptions.Levels, reliability.Select(r => r.Level));
        Assert.Equal(reliability.Select(r => r.Share).Order(), reliability.Select(r => r.Share));
    }

    [Fact]
    public void Run_Cancelled_Ends()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => new Backtester(new() { Models = [new ThetaModel()] })
            .Run(Series(Curve(20)), null, stop.Token));
    }

    private static BacktestResult Run(BacktestOptions options, double[]? values = null) =>
        new Backtester(options).Run(Series(values ?? Curve(20)), null, CancellationToken.None);

    private static TrainingSeries Series(double[] values) => new() { Values = values, Periods = [Day], MaxHorizon = Day };

    private static double[] Curve(int days)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, days * Day)
            .Select(i => 100 + (50 * Math.Sin(2 * Math.PI * i / Day)) + (4 * random.NextDouble()))];
    }
}
