namespace Maestro.Telemetry.Forecasting.Backtest;

/// <summary>A forecast of a backtest.</summary>
/// <param name="Origin">Index of the value that its first step forecasts.</param>
/// <param name="Forecast">Quantiles at <see cref="BacktestOptions.Levels"/>.</param>
public sealed record KeptForecast(int Origin, QuantileForecast Forecast);
