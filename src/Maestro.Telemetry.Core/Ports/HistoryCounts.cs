namespace Maestro.Telemetry.Ports;

/// <summary>How much a store holds of a time.</summary>
public readonly record struct HistoryCounts(long Samples, long Rollups, long Forecasts);
