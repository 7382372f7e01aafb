using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Control;

/// <summary>The names of resources in the control API.</summary>
internal static class ResourceNames
{
    private static readonly Dictionary<string, Resource> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cpu_work"] = Resource.CpuWork,
        ["bits_per_second"] = Resource.BitsPerSecond,
        ["concurrent_connections"] = Resource.ConcurrentConnections,
        ["connections_per_second"] = Resource.ConnectionsPerSecond,
    };

    public static IEnumerable<string> All => ByName.Keys;

    public static string ToName(Resource resource) => ByName.First(n => n.Value == resource).Key;

    /// <summary>CPU work when no name is given; null when the name is not one.</summary>
    public static Resource? Find(string name) =>
        name.Length == 0 ? Resource.CpuWork : ByName.TryGetValue(name, out var resource) ? resource : null;
}
