using Maestro.Telemetry.Forecasting.Models;
using static Maestro.Telemetry.Tests.Forecasting.ForecastModelLawsTests;

namespace Maestro.Telemetry.Tests.Forecasting;

public sealed class LastCycleModelsTests
{
    [Fact]
    public void SeasonalNaive_OnAnExactDay_RepeatsIt()
    {
        var values = LoadCurve.DaysAndWeeks(4, noise: 0);

        var forecast = Fit(new SeasonalNaiveModel(), values).Forecast(288, [0.5], CancellationToken.None);

        for (var step = 0; step < 288; step++)
        {
            Assert.Equal(values[^(288 - step)], forecast.Marginal[step], 1e-6);
        }
    }

    [Fact]
    public void SeasonalNaive_WithADifferentWeekend_TakesTheWeekOnceItHoldsTwo()
    {
        var values = LoadCurve.DaysAndWeeks(19, noise: 0);

        // The last day of the history is a Friday: the day before is no guide, the week before is.
        Assert.Equal(values[(12 * 288) + 150], Median(Fit(new SeasonalNaiveModel(), values), 151), 1e-6);
    }

    [Fact]
    public void SeasonalNaive_TwoCyclesAhead_IsLessSureThanOne()
    {
        var random = new Random(3);
        var level = 1_000.0;
        double[] values = [.. Enumerable.Range(0, 60 * 24).Select(_ => level = Math.Max(10, level + random.Next(-20, 21)))];
        var series = new Maestro.Telemetry.Forecasting.TrainingSeries
        {
            Values = values,
            Periods = [24],
            MaxHorizon = 72,
        };

        var forecast = new SeasonalNaiveModel().Fit(series, CancellationToken.None).Model!
            .Forecast(72, [0.1, 0.9], CancellationToken.None);

        var first = Enumerable.Range(0, 24).Average(step => Width(step));
        var third = Enumerable.Range(48, 24).Average(step => Width(step));
        Assert.True(third > 1.3 * first, $"{third} against {first}");

        double Width(int step) => forecast.MarginalAt(step, 1) - forecast.MarginalAt(step, 0);
    }

    [Fact]
    public void SeasonalNaive_OfCyclesThatWander_WidensWithTheRootOfWholeCycles()
    {
        // Each value is that of a cycle before and a step of noise: k whole cycles ahead, k + 1 steps of noise.
        var random = new Random(7);
        var values = new double[400 * 12];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (i < 12 ? 0 : values[i - 12]) + random.NextDouble() - 0.5;
        }

        var series = new Maestro.Telemetry.Forecasting.TrainingSeries
        {
            Values = values,
            Periods = [12],
            MaxHorizon = 48,
            Lowest = double.NegativeInfinity,
        };
        var forecast = new SeasonalNaiveModel().Fit(series, CancellationToken.None).Model!
            .Forecast(48, [0.1, 0.9], CancellationToken.None);

        var first = Width(0);
        for (var step = 0; step < 48; step++)
        {
            // Within a cycle no step is less sure than another.
            Assert.InRange(Width(step) / first / Math.Sqrt((step / 12) + 1), 0.75, 1.3);
        }

        double Width(int step) => forecast.MarginalAt(step, 1) - forecast.MarginalAt(step, 0);
    }

    [Fact]
    public void SeasonalNaive_WithoutTwoCycles_IsRefused() =>
        Assert.Null(new SeasonalNaiveModel().Fit(LoadCurve.Series(new double[500]), CancellationToken.None).Model);

    [Fact]
    public void Naive_OfOneValue_IsUnsureByHalfOfIt()
    {
        var forecast = Fit(new NaiveModel(), [double.NaN, 10]).Forecast(1, [0.1, 0.5, 0.9], CancellationToken.None);

        Assert.Equal(10, forecast.MarginalAt(0, 1), 1e-9);
        Assert.InRange(forecast.MarginalAt(0, 2), 14, 20);
    }

    [Fact]
    public void Naive_OfNothing_IsRefused() =>
        Assert.NotNull(new NaiveModel().Fit(LoadCurve.Series([double.NaN, -1]), CancellationToken.None).Refusal);
}
