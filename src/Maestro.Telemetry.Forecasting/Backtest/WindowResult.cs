namespace Maestro.Telemetry.Forecasting.Backtest;

/// <summary>How the quantile of the maximum over windows of one length did.</summary>
/// <param name="Steps">Length of the windows.</param>
/// <param name="Count">Windows without gaps; they do not overlap.</param>
/// <param name="Coverage">Share of maxima at or below the quantile; NaN without windows.</param>
/// <param name="Loss">Mean pinball loss, in the series' unit.</param>
/// <param name="RelativeLoss">That over seasonal-naive's; below 1 is better.</param>
public sealed record WindowResult(int Steps, int Count, double Coverage, double Loss, double RelativeLoss);
