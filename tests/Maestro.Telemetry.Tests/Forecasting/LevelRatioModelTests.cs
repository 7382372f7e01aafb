using Maestro.Telemetry.Forecasting.Metrics;
using Maestro.Telemetry.Forecasting.Models;
using static Maestro.Telemetry.Tests.Forecasting.ForecastModelLawsTests;

namespace Maestro.Telemetry.Tests.Forecasting;

public sealed class LevelRatioModelTests
{
    private readonly LevelRatioModel _model = new();

    [Theory]
    [InlineData(3, 2)]
    [InlineData(6, 3)]
    [InlineData(12, 4)]
    public void PathMaximum_OnDailyAndWeeklyDemand_IsCoveredAsOftenAsItSays(int window, int seed)
    {
        var (peaks, quantiles, naive) = Replay(LoadCurve.DaysAndWeeks(35, 0.1, seed), window);

        Assert.InRange(Coverage.Share(peaks, quantiles), 0.90, 0.99);
        Assert.True(Pinball.Mean(peaks, quantiles, 0.95) < 0.8 * Pinball.Mean(peaks, naive, 0.95));
    }

    [Fact]
    public void Median_OnDailyAndWeeklyDemand_BeatsSeasonalNaiveADayAhead()
    {
        var (model, naive) = (0.0, 0.0);
        foreach (var seed in new[] { 1, 2, 3, 4 })
        {
            var values = LoadCurve.DaysAndWeeks(35, 0.1, seed);
            for (var day = 21; day < 34; day++)
            {
                var past = values[..(day * LoadCurve.Day)];
                var forecast = Fit(_model, past).Forecast(LoadCurve.Day, [0.5], CancellationToken.None).Marginal;
                var actual = values.AsSpan(past.Length, LoadCurve.Day);
                var repeat = values.AsSpan(past.Length - LoadCurve.Week, LoadCurve.Day);
                var scale = Mase.Scale(past, LoadCurve.Day);
                model += Mase.Of(actual, forecast, scale);
                naive += Mase.Of(actual, repeat, scale);
            }
        }

        Assert.True(model < naive, $"{model} against {naive}");
    }

    [Fact]
    public void Forecast_BeforeTheMorning_SeesTheRise()
    {
        var values = LoadCurve.DaysAndWeeks(10)[..((9 * LoadCurve.Day) + 40)];

        var fitted = Fit(_model, values);

        Assert.True(Median(fitted, 100) > 2 * values[^1]);
    }

    [Theory]
    [InlineData(26, 960)]
    [InlineData(28, 1_600)]
    [InlineData(31, 1_600)]
    public void Forecast_FromTheThirdWeekOn_KnowsWeekendsFromWorkingDays(int days, double midday)
    {
        var fitted = Fit(_model, LoadCurve.DaysAndWeeks(days, 0.02));

        Assert.InRange(Median(fitted, 172), 0.9 * midday, 1.1 * midday);
    }

    [Fact]
    public void Forecast_AfterGapsAndSpikes_StaysNearTheCleanOne()
    {
        var clean = LoadCurve.DaysAndWeeks(21);
        var dirty = (double[])clean.Clone();
        var random = new Random(5);
        for (var i = 0; i < dirty.Length; i++)
        {
            dirty[i] = random.NextDouble() switch
            {
                < 0.1 => double.NaN,
                < 0.105 => dirty[i] * 10,
                _ => dirty[i],
            };
        }

        Array.Fill(dirty, double.NaN, 10 * LoadCurve.Day, 72);

        var (expected, actual) = (Fit(_model, clean), Fit(_model, dirty));
        foreach (var step in new[] { 1, 12, 72, 288 })
        {
            Assert.InRange(Median(actual, step) / Median(expected, step), 0.88, 1.14);
        }
    }

    [Fact]
    public void Fit_OfHalfADay_PersistsTheLevelWithWideIntervals()
    {
        var values = LoadCurve.DaysAndWeeks(1)[..144];

        var fitted = Fit(_model, values);
        var forecast = Forecast(fitted);

        Assert.InRange(Median(fitted, 1) / values[^1], 0.85, 1.15);
        Assert.True(forecast.MarginalAt(287, 11) > forecast.MarginalAt(0, 11));
    }

    [Fact]
    public void Fit_OfAHandfulOfValues_IsRefusedWithTheNumber()
    {
        var result = _model.Fit(LoadCurve.Series([1, 2, 3]), CancellationToken.None);

        Assert.Null(result.Model);
        Assert.Contains("3 known values", result.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Observe_OfFourWeeks_KeepsTheStateBounded()
    {
        var fitted = Fit(_model, LoadCurve.DaysAndWeeks(28));
        var before = fitted.ToJson().Length;
        foreach (var value in LoadCurve.DaysAndWeeks(28, seed: 2))
        {
            fitted.Observe(value);
        }

        Assert.InRange(fitted.ToJson().Length, before / 2, before * 3 / 2);
    }

    /// <summary>Forecasts window after window over the last two weeks, refitting once a day.</summary>
    private (double[] Peaks, double[] Model, double[] Naive) Replay(double[] values, int window)
    {
        var (peaks, model, naive) = (new List<double>(), new List<double>(), new List<double>());
        for (var from = 21 * LoadCurve.Day; from < values.Length; from += LoadCurve.Day)
        {
            var fitted = Fit(_model, values[..from]);
            var repeat = Fit(new SeasonalNaiveModel(), values[..from]);
            for (var origin = from; origin < from + LoadCurve.Day; origin++)
            {
                if ((origin - from) % window == 0)
                {
                    peaks.Add(values.Skip(origin).Take(window).Max());
                    model.Add(fitted.Forecast(window, [0.95], CancellationToken.None).PathMaximum[^1]);
                    naive.Add(repeat.Forecast(window, [0.95], CancellationToken.None).PathMaximum[^1]);
                }

                fitted.Observe(values[origin]);
                repeat.Observe(values[origin]);
            }
        }

        return ([.. peaks], [.. model], [.. naive]);
    }
}
