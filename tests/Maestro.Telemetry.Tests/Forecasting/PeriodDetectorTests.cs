using Maestro.Telemetry.Forecasting.Seasons;

namespace Maestro.Telemetry.Tests.Forecasting;

public sealed class PeriodDetectorTests
{
    private const int FourteenDays = 14 * LoadCurve.Day;

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(-0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    [InlineData(1.0)]
    public void Detect_OfNoiseOfAnyColour_FindsNone(double memory)
    {
        var wrong = Enumerable.Range(0, 40).Count(seed => Detect(Noise(memory, FourteenDays, seed)).Count > 0);

        Assert.InRange(wrong, 0, 1);
    }

    [Fact]
    public void Detect_OfWhatHoldsNothing_FindsNone()
    {
        Assert.Empty(Detect([]));
        Assert.Empty(Detect([1, 2, 1, 2, 1, 2]));
        Assert.Empty(Detect([.. Enumerable.Repeat(42.5, FourteenDays)]));
        Assert.Empty(Detect([.. Enumerable.Repeat(double.NaN, FourteenDays)]));
        Assert.Empty(Detect([.. Enumerable.Range(0, FourteenDays).Select(i => 3.0 * i)]));
        Assert.Empty(Detect([.. Enumerable.Range(0, FourteenDays).Select(i => i == 1_000 ? 1e9 : 5)]));
    }

    [Fact]
    public void Detect_OfDaysAndWeeks_FindsBoth() => Assert.Equal(
        [LoadCurve.Day, LoadCurve.Week],
        Detect(LoadCurve.DaysAndWeeks(28)).Select(static found => found.Period));

    [Fact]
    public void Detect_OfHourlyDemand_FindsDaysAndWeeks()
    {
        var fine = LoadCurve.DaysAndWeeks(42);
        double[] hourly = [.. fine.Chunk(12).Select(static hour => hour.Average())];

        Assert.Equal([24, 168], Detect(hourly).Select(static found => found.Period));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(72)]
    public void Detect_OfAJobThatRunsRegularly_FindsItsPeriod(int period)
    {
        var values = Noise(0.5, FourteenDays, 1);
        for (var i = 0; i < values.Length; i += period)
        {
            values[i] += 8;
        }

        Assert.Equal(period, Assert.Single(Detect(values)).Period);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void Detect_OfASum_FindsItsPartsAlsoWithGaps(double missing)
    {
        var values = LoadCurve.DaysAndWeeks(28);
        var random = new Random(4);
        for (var i = 0; i < values.Length; i++)
        {
            var hole = random.NextDouble() < missing || (missing > 0 && i is > 3_000 and < 3_100);
            values[i] = hole ? double.NaN : values[i] + (i % 12 == 5 ? 700 : 0);
        }

        Assert.Equal(
            [12, LoadCurve.Day, LoadCurve.Week],
            PeriodDetector.Detect(values, new() { StepsPerDay = LoadCurve.Day }).Select(static found => found.Period));
    }

    [Theory]
    [InlineData(480, 24)]
    [InlineData(2_000, 288)]
    public void Detect_OfExactSteps_FindsNoSeasonInWhatRoundingLeaves(int count, int period)
    {
        var values = Enumerable.Range(0, count).Select(i => i % period < period / 3 ? 1.0 : 5).ToArray();

        Assert.Equal([period], PeriodDetector.Detect(values, new()).Select(static season => season.Period));
    }

    [Fact]
    public void Detect_OfExactCycles_HasFullStrength()
    {
        var found = Assert.Single(Detect(LoadCurve.DaysAndWeeks(4, noise: 0)));

        Assert.Equal(LoadCurve.Day, found.Period);
        Assert.Equal(1, found.Strength, 0.01);
    }

    [Fact]
    public void Detect_OfScaledAndShiftedValues_FindsTheSame()
    {
        var values = LoadCurve.DaysAndWeeks(28);

        var found = Detect([.. values.Select(static value => (value * 1e-6) - 3)]);

        Assert.Equal(Detect(values).Select(static one => one.Period), found.Select(static one => one.Period));
    }

    private static IReadOnlyList<DetectedPeriod> Detect(double[] values) =>
        PeriodDetector.Detect(values, new());

    private static double[] Noise(double memory, int count, int seed)
    {
        var random = new Random(seed);
        var (values, last) = (new double[count], 0.0);
        for (var i = 0; i < count; i++)
        {
            var size = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            values[i] = last = (memory * last) + (size * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return values;
    }
}
