using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Forecasting.Runways;

/// <summary>The runway of a group to its cap for one resource, or of a site to its last SGM.</summary>
public sealed record Runway
{
    /// <summary>The group; null for a site.</summary>
    public SecurityGroupId? Group { get; init; }

    /// <summary>The site; null for a group.</summary>
    public SiteId? Site { get; init; }

    /// <summary>What the group runs out of; null for a site, which runs out of SGMs.</summary>
    public Resource? Resource { get; init; }

    /// <summary>The highest demand that can be carried, in the resource's unit; of a site, reference SGMs.</summary>
    public required double Limit { get; init; }

    /// <summary>How the limit follows, without a full stop.</summary>
    public required string Because { get; init; }

    public required RunwayEstimate Estimate { get; init; }

    /// <summary>The result in a sentence.</summary>
    public required string Sentence { get; init; }
}
