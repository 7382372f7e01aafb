namespace Maestro.Telemetry.Forecasting.Backtest;

/// <summary>What was forecast at one origin.</summary>
/// <param name="Fit">The fit that forecast.</param>
/// <param name="Marginal">Quantiles of each step, row-major, steps × levels; empty without a model.</param>
/// <param name="Windows">Windows from the origin on, and what was forecast for them.</param>
internal sealed record OriginForecast(ChainResult Fit, double[] Marginal, IReadOnlyList<WindowForecast> Windows);
