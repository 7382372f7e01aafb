using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Forecasting.Backtest;

/// <summary>Scores of some steps of the horizon.</summary>
/// <param name="First">The first step, from 1.</param>
/// <param name="Last">The last step.</param>
/// <param name="Score">The mean over origins.</param>
/// <param name="RelativeLoss">The sCRPS over that of seasonal-naive; below 1 is better.</param>
public sealed record BucketResult(int First, int Last, ForecastScore Score, double RelativeLoss);
