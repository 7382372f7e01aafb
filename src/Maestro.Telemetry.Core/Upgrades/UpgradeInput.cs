using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Scaling.Learning;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Upgrades;

/// <summary>All that a plan for an upgrade depends on.</summary>
public sealed record UpgradeInput
{
    public required DateTimeOffset Now { get; init; }

    public required FabricSnapshot Fabric { get; init; }

    public FabricLimits Limits { get; init; } = new();

    public FabricAllowances Allowances { get; init; } = new();

    public required ImmutableArray<ScalingPolicy> Policies { get; init; }

    /// <summary>One per group and limiting resource.</summary>
    public required ImmutableArray<ResourceOutlook> Outlooks { get; init; }

    /// <summary>Capacity of one reference SGM by resource other than CPU work (which is 1); absent means not limiting.</summary>
    public ImmutableSortedDictionary<Resource, double> UnitCapacity { get; init; } =
        ImmutableSortedDictionary<Resource, double>.Empty;

    /// <summary>How long joins and approvals took so far.</summary>
    public LearnedTimes LeadTimes { get; init; } = LearnedTimes.Empty;

    /// <summary>Open commands: an SGM that is about to leave its group carries nothing.</summary>
    public ImmutableArray<ScalingCommand> Commands { get; init; } = [];

    /// <summary>From taking a batch out until it carries its share again; above zero.</summary>
    public TimeSpan BatchTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>All must be done by so long from now; above zero.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromHours(48);

    /// <summary>Members whose loss must be survived while others are out; null as the policy says.</summary>
    public int? Failures { get; init; }

    /// <summary>False when the loss of a site need not be survived meanwhile.</summary>
    public bool SurviveSiteLoss { get; init; } = true;
}
