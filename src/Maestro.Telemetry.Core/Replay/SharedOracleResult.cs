using System.Collections.Immutable;

namespace Maestro.Telemetry.Replay;

/// <summary>The best that could have been done with a shared site, beside what each group would have got alone.</summary>
/// <param name="Price">Unit-hours that a change of one unit costs.</param>
/// <param name="UnitHours">Of all groups together.</param>
/// <param name="MovesPerDay">Changes of all groups together.</param>
/// <param name="ShortageUnitHours">What nobody could have served, for each group.</param>
/// <param name="UnitHoursAlone">Of all groups, if each had the site to itself.</param>
/// <param name="MovesPerDayAlone">Changes of all groups, if each had the site to itself.</param>
/// <param name="ArbitrationUnitHours">
/// What sharing costs or, where groups must be short, spares: unit-hours and the price of changes, over those of the groups
/// alone.
/// </param>
public sealed record SharedOracleResult(
    double Price,
    double UnitHours,
    double MovesPerDay,
    ImmutableArray<double> ShortageUnitHours,
    double UnitHoursAlone,
    double MovesPerDayAlone,
    double ArbitrationUnitHours);
