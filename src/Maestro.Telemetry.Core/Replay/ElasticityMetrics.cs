namespace Maestro.Telemetry.Replay;

/// <summary>
/// How well a supply of units followed a demand. Shares are in percent; samples whose demand is unknown do not count.
/// The first ones are those of Herbst, Kounev and Reussner 2013, "Elasticity in cloud computing: what it is, and what it
/// is not", https://www.usenix.org/conference/icac13/technical-sessions/presentation/herbst.
/// </summary>
public sealed record ElasticityMetrics
{
    /// <summary>Samples that count.</summary>
    public required int Samples { get; init; }

    /// <summary>Share of time with fewer units than needed (τ_U).</summary>
    public required double UnderProvisionedPercent { get; init; }

    /// <summary>Share of time with more units than needed (τ_O).</summary>
    public required double OverProvisionedPercent { get; init; }

    /// <summary>Missing units as a share of those needed (θ_U).</summary>
    public required double UnderProvisioningAccuracyPercent { get; init; }

    /// <summary>Surplus units as a share of those needed (θ_O).</summary>
    public required double OverProvisioningAccuracyPercent { get; init; }

    /// <summary>Share of samples at which supply and demand moved in different directions (υ).</summary>
    public required double InstabilityPercent { get; init; }

    /// <summary>Distance of θ_U, θ_O, τ_U and τ_O from zero (Euclidean), in percentage points.</summary>
    public required double DeviationPercent { get; init; }

    public required double ViolationMinutesPerWeek { get; init; }

    public required double LongestViolationMinutes { get; init; }

    public required double ShortageUnitHours { get; init; }

    public required double UnitHours { get; init; }

    /// <summary>Unit-hours over those of an oracle that pays 1, 4 and 8 unit-hours for a change; and of the demand itself.</summary>
    public required double UnitHoursVsOracle1 { get; init; }

    /// <inheritdoc cref="UnitHoursVsOracle1"/>
    public required double UnitHoursVsOracle4 { get; init; }

    /// <inheritdoc cref="UnitHoursVsOracle1"/>
    public required double UnitHoursVsOracle8 { get; init; }

    /// <inheritdoc cref="UnitHoursVsOracle1"/>
    public required double UnitHoursVsLowerBound { get; init; }

    /// <summary>Share of the supply that was not needed; below zero when more was missing.</summary>
    public required double SlackPercent { get; init; }

    /// <summary>Units that were ordered or freed, per day.</summary>
    public required double MovesPerDay { get; init; }

    /// <summary>Those over what an oracle needs that pays 4 unit-hours for a change; NaN when it needs none.</summary>
    public required double MovesVsOracle4 { get; init; }

    /// <summary>The same for each unit that served on average.</summary>
    public required double MovesPerUnitDay { get; init; }

    /// <summary>Changes of direction within two hours, per day.</summary>
    public required double ReversalsPerDay { get; init; }

    /// <summary>Units that came after they were needed.</summary>
    public required int LateAdds { get; init; }

    /// <summary>How late those came, on average.</summary>
    public required double LatenessMinutes { get; init; }

    /// <summary>Units that were freed again within two hours.</summary>
    public required int WastedAdds { get; init; }

    /// <summary>Share of time in which the loss of one unit would have been a violation.</summary>
    public required double SingleLossExposurePercent { get; init; }

    /// <summary>Shares of the group's connections that removals touched, summed.</summary>
    public required double ConnectionShareMoved { get; init; }

    /// <summary>95 % intervals by block bootstrap; null when they were not asked for.</summary>
    public BootstrapIntervals? Intervals { get; init; }
}
