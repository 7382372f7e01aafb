using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>The Hourly series of the M4 competition, by its rules.</summary>
internal sealed record M4Score(ForecastScore Score)
{
    private const double Naive2Smape = 18.383;
    private const double Naive2Mase = 2.395;

    /// <summary>Overall weighted average: errors relative to the competition's Naive2 over all of its Hourly series.</summary>
    public double Owa => 0.5 * ((Score.Smape / Naive2Smape) + (Score.Mase / Naive2Mase));
}
