using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Calibration;

namespace Maestro.Telemetry.Tests.Forecasting.Calibration;

public sealed class AnomalyTests
{
    private static readonly double[] Normal = [.. QuantileLevels.Standard.Select(NormalCurve.Quantile)];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(-1.5, -1.5)]
    [InlineData(3.5, 3.5)]
    [InlineData(-4, -4)]
    [InlineData(40, 8)]
    [InlineData(-40, -8)]
    public void Score_OfANormalForecast_IsTheDistanceInDeviations(double value, double expected) =>
        Assert.Equal(expected, AnomalyScore.Of(value, QuantileLevels.Standard, Normal), 0.02);

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.6449, 0.95)]
    [InlineData(-1.96, 0.025)]
    [InlineData(3, 0.99865)]
    public void Pit_OfANormalForecast_IsItsShare(double value, double expected) =>
        Assert.Equal(expected, AnomalyScore.Pit(value, QuantileLevels.Standard, Normal), 0.001);

    [Fact]
    public void Score_OfAForecastThatIsSure_IsNoneOnItAndTheLargestBesideIt()
    {
        double[] constant = [.. QuantileLevels.Standard.Select(_ => 7.0)];

        // The middle of the levels, which are not symmetrical.
        Assert.InRange(AnomalyScore.Of(7, QuantileLevels.Standard, constant), 0, 0.2);
        Assert.Equal(AnomalyScore.Largest, AnomalyScore.Of(7.1, QuantileLevels.Standard, constant));
        Assert.Equal(-AnomalyScore.Largest, AnomalyScore.Of(6.9, QuantileLevels.Standard, constant));
    }

    [Fact]
    public void Score_InATailThatIsHeavy_GrowsAtThePaceOfTheTail()
    {
        double[] heavy = [.. Normal.Select(z => Math.Sign(z) * (Math.Exp(Math.Abs(z)) - 1))];

        Assert.InRange(AnomalyScore.Of(20, QuantileLevels.Standard, heavy), 2.5, 4);
        Assert.True(AnomalyScore.Of(20, QuantileLevels.Standard, Normal) > 7.9);
    }

    public static TheoryData<bool, double[]> Scores => new()
    {
        { true, [3, 3, 3] },
        { true, [3, 0, 3, 0, 3] },
        { true, [-3, -3, 0, 0, -3] },
        { true, [0, 0, 0, 3, 0, 3, 0, 3] },
        { false, [3, 0, 0, 3, 0] },
        { false, [3, 0, 3, 0, 0, 3] },
        { false, [3, -3, 3] },
        { false, [] },
    };

    [Theory]
    [MemberData(nameof(Scores))]
    public void Rule_AlertsOnThreeOfFiveOnOneSide(bool expected, double[] scores) =>
        Assert.Equal(expected, new AnomalyRule().IsAlert(scores));

    [Theory]
    [InlineData(0)]
    [InlineData(0.8)]
    public void Watch_OverCalibratedNoise_RarelyAlerts(double memory)
    {
        var watched = Watch(memory, KnownNoiseModel.Series(60_000, memory, seed: 11));

        Assert.InRange(watched.Outside, 0.002, 0.012);
        Assert.InRange(watched.Alerts, 0, 10);
    }

    [Fact]
    public void Watch_OverAShiftThatStays_AlertsWithinSteps()
    {
        double[] series = [.. KnownNoiseModel.Series(1_010, 0.8).Select((value, i) => i < 1_000 ? value : value + 80)];

        Assert.Equal(1, Watch(0.8, series).Alerts);
        Assert.Equal(0, Watch(0.8, series[..1_000]).Alerts);
    }

    [Fact]
    public void Watch_OfMissingValues_ChangesNothing()
    {
        var model = CalibratedModel.Begin(new KnownNoiseModel(), new(0, double.PositiveInfinity), 6, 0, null, false, default);
        model.Observe(130);
        var before = model.Calibration.Anomaly.Score;

        model.Observe(double.NaN);

        Assert.InRange(before, 2.5, 3.5);
        Assert.Equal(before, model.Calibration.Anomaly.Score);
    }

    private static (double Outside, long Alerts) Watch(double memory, IEnumerable<double> series)
    {
        var model = CalibratedModel.Begin(
            new KnownNoiseModel(memory, longest: 6), new(double.NegativeInfinity, double.PositiveInfinity), 6, 0, null, false, default);
        var (outside, count) = (0, 0);
        foreach (var value in series)
        {
            model.Observe(value);
            outside += Math.Abs(model.Calibration.Anomaly.Score) > new AnomalyRule().Limit ? 1 : 0;
            count++;
        }

        return ((double)outside / count, model.Calibration.Anomaly.Alerts);
    }
}
