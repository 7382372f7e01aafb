using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Upgrades;

/// <summary>Which resources limit a group: CPU work, and those for which the capacity of a unit is known.</summary>
internal static class Limiting
{
    public static IEnumerable<Resource> Resources(UpgradeInput input) =>
        input.UnitCapacity
            .Where(c => double.IsFinite(c.Value) && c.Value > 0)
            .Select(c => c.Key)
            .Append(Resource.CpuWork)
            .Distinct()
            .Order();

    /// <summary>What one reference SGM carries of a resource when it is full.</summary>
    public static double UnitCapacity(UpgradeInput input, Resource resource) =>
        resource == Resource.CpuWork ? 1 : input.UnitCapacity[resource];
}
