namespace Maestro.Telemetry.Forecasts;

/// <summary>The skill gate's verdict on a model, measured on past forecasts.</summary>
/// <param name="Trusted">True when the planner may use the forecast.</param>
/// <param name="SkillVersusNaive">Pinball loss over that of seasonal-naive; below 1 is better. NaN when not measured yet.</param>
/// <param name="Coverage">Share of window maxima at or below their forecast quantile, 0 to 1. NaN when not measured yet.</param>
/// <param name="Reason">The verdict in a sentence.</param>
public sealed record ForecastTrust(bool Trusted, double SkillVersusNaive, double Coverage, string Reason);
