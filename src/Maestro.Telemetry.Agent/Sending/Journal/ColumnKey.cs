namespace Maestro.Telemetry.Agent;

/// <summary>Which column of a row it is: the metric, and the core where there is one per core.</summary>
internal readonly record struct ColumnKey(uint Metric, uint Core);
