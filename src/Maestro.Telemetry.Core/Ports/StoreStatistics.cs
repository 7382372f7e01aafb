namespace Maestro.Telemetry.Ports;

/// <summary>What the store holds.</summary>
public sealed record StoreStatistics(long SampleRows, long RollupRows, long Forecasts, long Bytes);
