namespace Maestro.Telemetry.Ports;

/// <summary>What a write came to, in rows: each row given is one of the three.</summary>
/// <param name="Stored">Rows that were new.</param>
/// <param name="Merged">Rows that were stored before, and to which metrics or cores were added that they lacked.</param>
/// <param name="Duplicates">Rows that were stored before and brought nothing new.</param>
public readonly record struct StoreResult(long Stored, long Merged, long Duplicates);
