namespace Maestro.Telemetry.Replay;

/// <summary>How a contestant shared the site between groups.</summary>
/// <param name="Name">The contestant.</param>
/// <param name="WeightedShortageUnitHours">Missing unit-hours, divided by each group's priority and summed.</param>
/// <param name="InversionPercent">
/// Share of time in which a group was short while one that is served later had more than it needed.
/// </param>
public sealed record SharedResult(string Name, double WeightedShortageUnitHours, double InversionPercent)
{
    /// <summary>Of all groups together.</summary>
    public double UnitHours { get; init; }

    /// <summary>Those over what the cheapest way to share the site would have taken; NaN where that is not known.</summary>
    public double UnitHoursVsSharedOracle1 { get; init; } = double.NaN;

    /// <summary>Units ordered or freed per day, of all groups; a move is both.</summary>
    public double MovesPerDay { get; init; }
}
