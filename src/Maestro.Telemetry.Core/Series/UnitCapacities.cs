using System.Collections.Immutable;

namespace Maestro.Telemetry.Series;

/// <summary>Which resources limit a group, by the capacities of a reference SGM that are known.</summary>
public static class UnitCapacities
{
    /// <summary>CPU work, and the resources for which the capacity of a unit is known.</summary>
    public static IEnumerable<Resource> Limiting(ImmutableSortedDictionary<Resource, double> known) =>
        known
            .Where(c => double.IsFinite(c.Value) && c.Value > 0)
            .Select(c => c.Key)
            .Append(Resource.CpuWork)
            .Distinct()
            .Order();

    /// <summary>What one reference SGM carries of a resource when it is full.</summary>
    public static double Of(ImmutableSortedDictionary<Resource, double> known, Resource resource) =>
        resource == Resource.CpuWork ? 1 : known[resource];
}
