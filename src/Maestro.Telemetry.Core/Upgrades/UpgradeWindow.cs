namespace Maestro.Telemetry.Upgrades;

/// <summary>A time in which a batch may be out from beginning to end.</summary>
public readonly record struct UpgradeWindow(DateTimeOffset From, DateTimeOffset To);
