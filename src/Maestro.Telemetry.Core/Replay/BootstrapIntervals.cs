namespace Maestro.Telemetry.Replay;

/// <summary>95 % intervals of the main metrics: how much they would vary with other weeks of the same kind.</summary>
/// <param name="BlockDays">Length of the blocks that were drawn.</param>
/// <param name="Blocks">How many there are; few make intervals that mean little.</param>
public sealed record BootstrapIntervals(
    int BlockDays, int Blocks, Interval UnderProvisionedPercent, Interval UnitHoursVsOracle1, Interval MovesPerDay);
