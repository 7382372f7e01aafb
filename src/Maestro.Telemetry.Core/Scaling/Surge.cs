namespace Maestro.Telemetry.Scaling;

/// <summary>A level that demand came to although no forecast had thought it possible.</summary>
/// <param name="Units">Reference SGMs that carry it.</param>
/// <param name="Until">How long it is held against coming back.</param>
public sealed record Surge(double Units, DateTimeOffset Until);
