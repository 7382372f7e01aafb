namespace Maestro.Telemetry.Forecasting.Models.HoltWinters;

/// <summary>How fast a Holt-Winters model learns.</summary>
/// <param name="Alpha">Share of an error that goes into the level, in (0, 1).</param>
/// <param name="Beta">Share of the level's change that goes into the trend, 0 to 1.</param>
/// <param name="Gamma">Share of what the level leaves of an error that goes into the season, 0 to 1.</param>
/// <param name="Phi">What is left of the trend one step on, in (0, 1).</param>
internal readonly record struct Smoothing(double Alpha, double Beta, double Gamma, double Phi);
