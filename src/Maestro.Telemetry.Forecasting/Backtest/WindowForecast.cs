namespace Maestro.Telemetry.Forecasting.Backtest;

/// <summary>The maximum over a window and the quantile that was forecast for it.</summary>
internal readonly record struct WindowForecast(int Steps, double Peak, double Quantile);
