using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Tests.Forecasting;

public sealed class MetricsTests
{
    [Theory]
    [InlineData(10, 8, 0.9, 1.8)]
    [InlineData(8, 10, 0.9, 0.2)]
    [InlineData(5, 5, 0.5, 0)]
    public void Pinball_WeighsMissesByTheLevel(double actual, double quantile, double level, double loss) =>
        Assert.Equal(loss, Pinball.Loss(actual, quantile, level), 1e-12);

    [Fact]
    public void Pinball_IsLeastAtTheQuantile()
    {
        double[] actual = [.. Enumerable.Range(1, 100).Select(value => (double)value)];

        Assert.Equal(90, Enumerable.Range(1, 100).MinBy(guess => Mean(guess)), 1.0);

        double Mean(double guess) => Pinball.Mean(actual, [.. Enumerable.Repeat(guess, 100)], 0.9);
    }

    [Fact]
    public void Metrics_LeaveOutWhatIsMissing()
    {
        Assert.Equal(0.5, Coverage.Share([1, double.NaN, 3], [2, 2, 2]));
        Assert.Equal(0.5, Pinball.Mean([1, double.NaN, 2], [2, 2, 1], 0.5), 1e-12);
        Assert.Equal(1, Mase.Of([1, double.NaN, 3], [2, 2, 2], 1));
        Assert.True(double.IsNaN(Coverage.Share([double.NaN], [1])));
    }

    [Fact]
    public void Mase_OfTheSeasonalNaiveOnItsOwnHistory_IsOne()
    {
        double[] history = [1, 5, 2, 7, 3, 9];

        Assert.Equal(1, Mase.Of(history.AsSpan(2), history.AsSpan(0, 4), Mase.Scale(history, 2)), 1e-12);
    }

    [Fact]
    public void Interval_OfNinetyFiveInAHundred_IsWilsons()
    {
        var (low, high) = Coverage.Interval(0.95, 100);

        Assert.Equal(0.8882, low, 1e-4);
        Assert.Equal(0.9785, high, 1e-4);
    }

    [Fact]
    public void Interval_OfFewTrials_IsWide() => Assert.True(Coverage.Interval(1, 10).Low < 0.75);
}
