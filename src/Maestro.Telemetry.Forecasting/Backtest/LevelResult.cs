namespace Maestro.Telemetry.Forecasting.Backtest;

/// <summary>How often what happened was at or below a quantile.</summary>
/// <param name="Level">How often it should be.</param>
/// <param name="Share">How often it was; NaN when nothing is known.</param>
public sealed record LevelResult(double Level, double Share);
