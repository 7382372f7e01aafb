namespace Maestro.Telemetry.Upgrades;

/// <summary>A change with which there is a plan.</summary>
/// <param name="Kind">What to change.</param>
/// <param name="Amount">SGMs at a time, SGMs to add, hours, or members whose loss is survived; 0 where there is none.</param>
/// <param name="Start">When the first batch would start; null when that is not computed.</param>
/// <param name="End">When the last one would be done.</param>
/// <param name="Sentence">The same for people.</param>
public sealed record UpgradeRelief(
    UpgradeReliefKind Kind, int Amount, DateTimeOffset? Start, DateTimeOffset? End, string Sentence);
