namespace Maestro.Telemetry.Ports;

/// <summary>What a write came to, in rows.</summary>
/// <param name="Stored">Rows that were new.</param>
/// <param name="Duplicates">Rows that were stored before.</param>
public readonly record struct StoreResult(long Stored, long Duplicates);
