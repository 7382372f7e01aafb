using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Series;

/// <summary>What one member of a group did in one minute: means over the minute, NaN for what was not measured.</summary>
/// <param name="Weight">Its capacity in reference SGMs.</param>
public readonly record struct MemberMinute(
    GatewaySerial Serial,
    double Weight,
    double CpuMeanPercent,
    double BitsPerSecond,
    double ConcurrentConnections,
    double ConnectionsPerSecond)
{
    /// <summary>This member's part of the group's demand.</summary>
    public double Demand(Resource resource) => resource switch
    {
        Resource.CpuWork => CpuMeanPercent / 100 * Weight,
        Resource.BitsPerSecond => BitsPerSecond,
        Resource.ConcurrentConnections => ConcurrentConnections,
        Resource.ConnectionsPerSecond => ConnectionsPerSecond,
        _ => double.NaN,
    };
}
