using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>What resources are called on the command line and in scenarios.</summary>
internal static class Resources
{
    public const string Default = "cpu";

    public static IReadOnlyDictionary<string, Resource> Names { get; } = new Dictionary<string, Resource>
    {
        [Default] = Resource.CpuWork,
        ["throughput"] = Resource.BitsPerSecond,
        ["connections"] = Resource.ConcurrentConnections,
        ["connection-rate"] = Resource.ConnectionsPerSecond,
    };
}
