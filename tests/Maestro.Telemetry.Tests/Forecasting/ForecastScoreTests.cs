using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Tests.Forecasting;

public sealed class ForecastScoreTests
{
    private static readonly double[] History = [12, 15, 9, 20, 14, double.NaN, 10, 23, 11, 18, 8, 26];
    private static readonly double[] Actual = [13, double.NaN, 0, 31, 12.5, 17, -2, 24];
    private static readonly double[] Centre = [12, 16, 0, 22, 13, 16, 8, 25];
    private static readonly double[] Width = [1, 1, 0, 2, 1.5, 2, 3, 1];
    private static readonly double[] Shape = [-2, -1.3, -0.8, -0.5, -0.25, 0, 0.25, 0.5, 0.8, 1.3, 1.7, 2, 2.4];

    /// <summary>The figures are those of an independent implementation with the same formulas.</summary>
    [Fact]
    public void Score_OfTheWholeHorizon_IsTheReference() => Same(
        new()
        {
            AbsoluteError = 3.2142857142857144,
            Mase = 1.3775510204081631,
            Rmsse = 2.094493915461385,
            Smape = 36.57515307029452,
            Scrps = 1.1954421768707482,
            Pinball95 = 0.39903061224489805,
            Pinball99 = 0.2728775510204081,
            QuantileLoss = 19.525555555555556,
            Magnitude = 99.5,
            Coverage80 = 5 / 7.0,
            Coverage95 = 5 / 7.0,
            Below95 = 6 / 7.0,
            Below99 = 6 / 7.0,
            Msis = 24.612244897959183,
        },
        Score(8));

    [Fact]
    public void Score_OfTheFirstSteps_IsTheReference() => Same(
        new()
        {
            AbsoluteError = 3.3333333333333335,
            Mase = 1.4285714285714286,
            Rmsse = 2.1343747458109497,
            Smape = 13.9874213836478,
            Scrps = 1.2695238095238095,
            Pinball95 = 0.765,
            Pinball99 = 0.596,
            QuantileLoss = 8.886666666666667,
            Magnitude = 44,
            Coverage80 = 2 / 3.0,
            Coverage95 = 2 / 3.0,
            Below95 = 2 / 3.0,
            Below99 = 2 / 3.0,
            Msis = 30.285714285714285,
        },
        Score(4));

    [Fact]
    public void Scale_LeavesOutPairsWithAGap()
    {
        var scale = ErrorScale.Of(History, 4);

        Assert.Equal(7 / 3.0, scale.Absolute, 1e-12);
        Assert.Equal(2.449489742783178, scale.RootSquare, 1e-12);
    }

    [Fact]
    public void Scale_WithoutAPair_IsUnknown() => Assert.True(double.IsNaN(ErrorScale.Of([1, 2], 2).Absolute));

    [Fact]
    public void Score_WithoutTheLevelsOfAMetric_LeavesItUnknown()
    {
        var score = ForecastScore.Of([1, 2], [0.5, 0.95], [1, 2, 1, 2], new(1, 1));

        Assert.Equal(0.5, score.Mase);
        Assert.Equal(1, score.Below95);
        Assert.True(double.IsNaN(score.Scrps));
        Assert.True(double.IsNaN(score.Coverage95));
    }

    [Fact]
    public void Score_OfNothingKnown_IsUnknown() =>
        Assert.True(double.IsNaN(ForecastScore.Of([double.NaN], [0.5], [1], new(1, 1)).Mase));

    [Fact]
    public void Mean_LeavesOutWhatIsUnknown()
    {
        var mean = ForecastScore.Mean([new() { Mase = 1 }, new(), new() { Mase = 3, Scrps = 4 }]);

        Assert.Equal((2, 4), (mean.Mase, mean.Scrps));
        Assert.True(double.IsNaN(mean.Msis));
    }

    [Fact]
    public void Score_InAnotherUnit_IsTheSame() => Prop.ForAll(
        Gen.Choose(-12, 12).ToArbitrary(),
        power =>
        {
            var unit = Math.Pow(2, power);

            // Powers of two round nothing.
            var (one, other) = (Score(8), Score(8, unit));

            Assert.Equal(one.AbsoluteError * unit, other.AbsoluteError);
            Assert.Equal(one.WeightedQuantileLoss, other.WeightedQuantileLoss);
            Assert.Equal(
                (one.Mase, one.Rmsse, one.Smape, one.Scrps, one.Pinball95, one.Pinball99, one.Msis, one.Coverage80),
                (other.Mase, other.Rmsse, other.Smape, other.Scrps, other.Pinball95, other.Pinball99, other.Msis, other.Coverage80));
        }).QuickCheckThrowOnFailure();

    private static ForecastScore Score(int steps, double unit = 1)
    {
        double[] quantiles =
            [.. Centre.SelectMany((centre, step) => Shape.Select(z => unit * (centre + (Width[step] * z))))];
        return ForecastScore.Of(
            Actual.Take(steps).Select(value => unit * value).ToArray(),
            QuantileLevels.Standard,
            quantiles,
            ErrorScale.Of([.. History.Select(value => unit * value)], 4));
    }

    private static void Same(ForecastScore expected, ForecastScore actual)
    {
        foreach (var metric in typeof(ForecastScore).GetProperties().Where(p => p.PropertyType == typeof(double)))
        {
            Assert.Equal((double)metric.GetValue(expected)!, (double)metric.GetValue(actual)!, 1e-9);
        }
    }
}
