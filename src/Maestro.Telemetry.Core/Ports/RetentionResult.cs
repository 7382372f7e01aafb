namespace Maestro.Telemetry.Ports;

/// <summary>Rows deleted.</summary>
public readonly record struct RetentionResult(long Samples, long Rollups, long Forecasts);
