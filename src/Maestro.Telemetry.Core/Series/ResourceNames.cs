namespace Maestro.Telemetry.Series;

/// <summary>The names of resources outside the process: in the control API, in stores and on dashboards.</summary>
public static class ResourceNames
{
    private static readonly Dictionary<string, Resource> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cpu_work"] = Resource.CpuWork,
        ["bits_per_second"] = Resource.BitsPerSecond,
        ["concurrent_connections"] = Resource.ConcurrentConnections,
        ["connections_per_second"] = Resource.ConnectionsPerSecond,
    };

    private static readonly Dictionary<Resource, string> Names = ByName.ToDictionary(n => n.Value, n => n.Key);

    /// <summary>Every name.</summary>
    public static IEnumerable<string> All => ByName.Keys;

    /// <summary>The name of a resource.</summary>
    public static string ToName(Resource resource) => Names[resource];

    /// <summary>The resource of a name, in any case of letters; null when this release knows none of the name.</summary>
    public static Resource? Find(string? name) =>
        name is not null && ByName.TryGetValue(name, out var resource) ? resource : null;
}
