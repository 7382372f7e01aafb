namespace Maestro.Telemetry.Replay;

/// <summary>How a contestant shared the site between groups.</summary>
/// <param name="Name">The contestant.</param>
/// <param name="WeightedShortageUnitHours">Missing unit-hours, divided by each group's priority and summed.</param>
/// <param name="InversionPercent">
/// Share of time in which a group was short while one that is served later had more than it needed.
/// </param>
public sealed record SharedResult(string Name, double WeightedShortageUnitHours, double InversionPercent);
