using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling.Learning;

namespace Maestro.Telemetry.Scaling;

/// <summary>All that a plan depends on.</summary>
public sealed record PlannerInput
{
    public required DateTimeOffset Now { get; init; }

    public required FabricSnapshot Fabric { get; init; }

    public required FabricLimits Limits { get; init; }

    public FabricAllowances Allowances { get; init; } = new();

    /// <summary>One per group that is to be scaled; a group without one is left alone.</summary>
    public required ImmutableArray<ScalingPolicy> Policies { get; init; }

    public required ImmutableArray<GroupTelemetry> Telemetry { get; init; }

    /// <summary>The newest forecast of each group and resource.</summary>
    public ImmutableArray<DemandForecast> Forecasts { get; init; } = [];

    /// <summary>Commands that are open, and those that ended within the longest cooldown.</summary>
    public ImmutableArray<ScalingCommand> Commands { get; init; } = [];

    public ImmutableArray<PauseRecord> Pauses { get; init; } = [];

    public PlannerMemory Memory { get; init; } = PlannerMemory.Empty;

    /// <summary>Capacity of one reference SGM by resource other than CPU work (which is 1); absent means not limiting.</summary>
    public ImmutableSortedDictionary<Series.Resource, double> UnitCapacity { get; init; } =
        ImmutableSortedDictionary<Series.Resource, double>.Empty;

    /// <summary>Forecasts issued before the newest.</summary>
    public ForecastHistory Earlier { get; init; } = ForecastHistory.Empty;

    /// <summary>
    /// False when nobody answers proposals, as in a replay: then a lost forecast does not make proposals of changes.
    /// </summary>
    public bool ProposalsAreAnswered { get; init; } = true;

    public ChangeBudget Budget { get; init; } = new();

    /// <summary>How long joins and approvals took so far.</summary>
    public LearnedTimes LeadTimes { get; init; } = LearnedTimes.Empty;

    /// <summary>What SGMs of larger groups are worth, of the groups for which that is known.</summary>
    public ImmutableSortedDictionary<SecurityGroupId, EfficiencyCurve> Efficiencies { get; init; } =
        ImmutableSortedDictionary<SecurityGroupId, EfficiencyCurve>.Empty;
}
