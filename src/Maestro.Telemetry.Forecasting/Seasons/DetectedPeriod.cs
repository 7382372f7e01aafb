namespace Maestro.Telemetry.Forecasting.Seasons;

/// <summary>A season that a series was found to have.</summary>
/// <param name="Period">Its length in steps.</param>
/// <param name="Strength">
/// The share of the variance within a cycle that the other cycles predict, once longer trends and stronger seasons are
/// taken out; above 0, and 1 when each cycle is like the others.
/// </param>
public readonly record struct DetectedPeriod(int Period, double Strength);
