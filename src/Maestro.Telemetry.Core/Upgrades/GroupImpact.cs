using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Upgrades;

/// <summary>What a group loses while an Orchestrator is upgraded. Units are reference SGMs.</summary>
public sealed record GroupImpact
{
    public required SecurityGroupId Group { get; init; }

    public required string Name { get; init; }

    /// <summary>Its SGMs on the Orchestrator's site.</summary>
    public required int MembersOnSite { get; init; }

    /// <summary>Capacity in service that is lost; 0 when another Orchestrator of the site goes on.</summary>
    public required double UnitsLost { get; init; }

    /// <summary>Demand in units that may be used meanwhile. Below zero when nothing is left.</summary>
    public required double Ceiling { get; init; }

    /// <summary>The quantile of the highest demand in the proposed time; NaN when it is not known.</summary>
    public double Demand { get; init; } = double.NaN;

    /// <summary>The earliest time that this group alone allows; null when there is none.</summary>
    public DateTimeOffset? Earliest { get; init; }

    /// <summary>What it loses and what the ceiling follows from, in a sentence.</summary>
    public required string Sentence { get; init; }
}
