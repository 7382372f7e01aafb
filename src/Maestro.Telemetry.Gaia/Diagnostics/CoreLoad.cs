namespace Maestro.Telemetry.Gaia.Diagnostics;

/// <summary>How busy one core is.</summary>
/// <param name="Number">As the SGM tells it; in the order of the answer when it tells none.</param>
/// <param name="BusyPercent">From 0 to 100.</param>
public readonly record struct CoreLoad(int Number, double BusyPercent);
