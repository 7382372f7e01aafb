namespace Maestro.Telemetry.Ports;

/// <summary>What a spool holds.</summary>
/// <param name="Rows">Rows of samples.</param>
/// <param name="Bytes">Bytes of the samples, without what the file needs around them.</param>
/// <param name="MaxBytes">Bytes that it may hold.</param>
/// <param name="Oldest">When the oldest was appended; null when it is empty.</param>
/// <param name="DamagedRows">Rows that could not be read back since the process began; what is left of them is kept.</param>
/// <param name="Damage">What was damaged and where it is kept, in a sentence; null when nothing was.</param>
public sealed record SpoolStatistics(
    long Rows, long Bytes, long MaxBytes, DateTimeOffset? Oldest, long DamagedRows, string? Damage);
