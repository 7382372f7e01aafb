using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Forecasting.Runways;

/// <summary>All that runways depend on.</summary>
public sealed record RunwayInput
{
    public required FabricSnapshot Fabric { get; init; }

    public FabricLimits Limits { get; init; } = new();

    public required ImmutableArray<ScalingPolicy> Policies { get; init; }

    /// <summary>The peak of each hour, by group and resource, all on one grid that ends at the same time.</summary>
    public required ImmutableDictionary<(SecurityGroupId Group, Resource Resource), TimeSeries> Demand { get; init; }

    /// <summary>Capacity of one reference SGM by resource other than CPU work (which is 1); absent means not limiting.</summary>
    public ImmutableSortedDictionary<Resource, double> UnitCapacity { get; init; } =
        ImmutableSortedDictionary<Resource, double>.Empty;

    public RunwayOptions Options { get; init; } = new();

    /// <summary>CPU work, and the resources for which the capacity of a unit is known.</summary>
    internal IEnumerable<(Resource Resource, double UnitCapacity)> Limiting =>
        UnitCapacity
            .Where(c => c.Key != Resource.CpuWork && double.IsFinite(c.Value) && c.Value > 0)
            .Select(c => (c.Key, c.Value))
            .Append((Resource.CpuWork, 1))
            .OrderBy(c => c.Item1);
}
