namespace Maestro.Telemetry.Forecasting.Backtest;

/// <summary>How models would have done on one series.</summary>
/// <param name="Origins">Where the forecasts start: indexes of values.</param>
/// <param name="Skipped">Origins left out, because over 30 % of what followed is missing.</param>
/// <param name="Models">One for each model that was asked for, and seasonal-naive last.</param>
public sealed record BacktestResult(IReadOnlyList<int> Origins, int Skipped, IReadOnlyList<ModelResult> Models);
