using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Models.Direct;

namespace Maestro.Telemetry.Tests.Forecasting.Direct;

/// <summary>Short series for the direct models, and what they forecast.</summary>
internal static class DirectCurve
{
    public static TheoryData<IForecastModel> Models => [new DirectModel(), DirectModel.Lite];

    /// <summary>A daily wave with noise that lasts a while, at any step.</summary>
    public static double[] Days(int day, double days, double noise = 0.05, int seed = 1)
    {
        var random = new Random(seed);
        var values = new double[(int)(day * days)];
        var drift = 0.0;
        for (var t = 0; t < values.Length; t++)
        {
            drift = (0.9 * drift) + (noise * (random.NextDouble() - 0.5));
            values[t] = 100 * (1 + (0.5 * Math.Sin(2 * Math.PI * t / day)) + drift);
        }

        return values;
    }

    public static TrainingSeries History(double[] values, int day = 24, int? horizon = null) => new()
    {
        Values = values,
        Periods = [day, 7 * day],
        MaxHorizon = horizon ?? day,
    };

    public static IFittedModel Fit(IForecastModel model, TrainingSeries series)
    {
        var fit = model.Fit(series, CancellationToken.None);
        Assert.True(fit.Model is not null, fit.Refusal);
        return fit.Model;
    }

    public static QuantileForecast Forecast(IFittedModel fitted, int? steps = null) =>
        fitted.Forecast(steps ?? fitted.MaxHorizon, QuantileLevels.Standard, CancellationToken.None);

    public static QuantileForecast Forecast(IForecastModel model, TrainingSeries series) =>
        Forecast(Fit(model, series));

    /// <summary>The mean of the medians.</summary>
    public static double Level(QuantileForecast forecast) =>
        Enumerable.Range(0, forecast.Steps).Average(step => forecast.MarginalAt(step, 5));

    /// <summary>Finite, in order, and no maximum below what it is the maximum of.</summary>
    public static void AssertSound(QuantileForecast forecast, double lowest = 0)
    {
        for (var step = 0; step < forecast.Steps; step++)
        {
            for (var level = 0; level < forecast.Levels.Count; level++)
            {
                var (value, maximum) = (forecast.MarginalAt(step, level), forecast.PathMaximumAt(step, level));
                Assert.True(double.IsFinite(value) && value >= lowest, $"{value} at step {step}");
                Assert.True(double.IsFinite(maximum) && maximum >= value, $"{maximum} over {value} at step {step}");
                Assert.True(level == 0 || value >= forecast.MarginalAt(step, level - 1), $"crossed at {step}");
                Assert.True(step == 0 || maximum >= forecast.PathMaximumAt(step - 1, level), $"it falls at {step}");
            }
        }
    }
}
