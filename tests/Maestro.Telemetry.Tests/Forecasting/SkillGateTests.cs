using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Gate;
using Maestro.Telemetry.Forecasting.Models;
using Maestro.Telemetry.Forecasts;

namespace Maestro.Telemetry.Tests.Forecasting;

public sealed class SkillGateTests
{
    [Theory]
    [InlineData(14, 0.05, 6)]
    [InlineData(14, 0.2, 4)]
    [InlineData(28, 0.05, 12)]
    [InlineData(7, 0.05, 6)]
    [InlineData(3, 0.05, 6)]
    public void Judge_OfDailyAndWeeklyDemand_Trusts(int days, double noise, int window)
    {
        var trust = Judge(LoadCurve.DaysAndWeeks(days, noise), window);

        Assert.True(trust.Trusted, trust.Reason);
        Assert.InRange(trust.SkillVersusNaive, 0, 0.95);
        Assert.StartsWith("Trusted: over ", trust.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_OfDemandThatRepeatsExactly_Trusts()
    {
        double[] day = [.. LoadCurve.DaysAndWeeks(1, noise: 0)];

        var trust = Judge([.. Enumerable.Repeat(day, 14).SelectMany(values => values)], 6);

        Assert.True(trust.Trusted, trust.Reason);
    }

    [Fact]
    public void Judge_OfAConstant_Trusts() =>
        Assert.True(Judge([.. Enumerable.Repeat(7.0, 14 * LoadCurve.Day)], 6).Trusted);

    [Fact]
    public void Judge_OfSeasonalNaiveItself_IsNotBetterAndSaysSo()
    {
        var trust = Judge(LoadCurve.DaysAndWeeks(14), 6, new([new SeasonalNaiveModel()]));

        Assert.False(trust.Trusted);
        Assert.Equal(1, trust.SkillVersusNaive, 1e-9);
        Assert.Contains("not clearly better than seasonal-naive", trust.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_OfDemandThatOutgrowsItsPast_IsTooLow()
    {
        var values = LoadCurve.WhiteNoise(14 * LoadCurve.Day);
        var outgrown = values.Length * 3 / 4;
        for (var i = outgrown; i < values.Length; i++)
        {
            values[i] *= Math.Exp((i - outgrown) / 100.0 * new Random(i).NextDouble());
        }

        var trust = Judge(values, 6);

        Assert.False(trust.Trusted, trust.Reason);
        Assert.StartsWith("FORECAST_UNTRUSTED", trust.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_OfADayAndAHalf_IsAColdStart()
    {
        var trust = Judge(LoadCurve.DaysAndWeeks(2)[..432], 6);

        Assert.False(trust.Trusted);
        Assert.True(double.IsNaN(trust.Coverage));
        Assert.StartsWith("COLD_START: 432 steps of history", trust.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_OfHistoryThatLacksOneInTen_HasWindowsOfAnHour()
    {
        var values = LoadCurve.DaysAndWeeks(4);
        var random = new Random(1);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.Next(10) == 0 ? double.NaN : values[i];
        }

        var trust = Judge(values, 12);

        // Whatever the verdict: with too few windows the coverage is not known.
        Assert.False(double.IsNaN(trust.Coverage), trust.Reason);
    }

    [Theory]
    [InlineData(new[] { 1.0, 5, 2, 3 }, 5)]
    [InlineData(new[] { -3.0, -2, -4 }, -2)]
    [InlineData(new[] { 1.0, double.NaN, 2, 3 }, 3)]
    [InlineData(new[] { 1.0, double.NaN, 2 }, double.NaN)]
    [InlineData(new[] { 1.0, 2, double.NaN, double.NaN, 3, 4, 5, 6 }, 6)]
    [InlineData(new[] { 1.0, 2, double.NaN, double.NaN, double.NaN, 3, 4, 5, 6, 7, 8, 9 }, double.NaN)]
    [InlineData(new double[0], double.NaN)]
    public void WindowPeak_IsKnown_WhileFewValuesAreMissing(double[] window, double peak) =>
        Assert.Equal(peak, WindowPeak.Of(window));

    [Fact]
    public void Judge_OfHistoryFullOfHoles_HasTooFewWindows()
    {
        var values = LoadCurve.DaysAndWeeks(5);
        for (var i = 0; i < values.Length; i += 3)
        {
            values[i] = double.NaN;
        }

        Assert.Contains("only 0 windows", Judge(values, 6).Reason, StringComparison.Ordinal);
    }

    private static ForecastTrust Judge(double[] values, int window, FallbackChain? chain = null) =>
        new SkillGate(new SkillGateOptions { Window = window })
            .Judge(chain ?? FallbackChain.Default, LoadCurve.Series(values), CancellationToken.None);
}
