using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Series;

/// <summary>One minute of one SGM: what demand is made of. A value that was not measured is NaN.</summary>
/// <param name="Minute">The beginning of the minute.</param>
/// <param name="Serial">The SGM.</param>
/// <param name="Group">The group it was in; null when it was free.</param>
/// <param name="CpuMeanPercent">Mean busy share of all cores, 0 to 100.</param>
/// <param name="BitsPerSecond">Received.</param>
/// <param name="ConcurrentConnections">Entries in the connections table.</param>
/// <param name="ConnectionsPerSecond">New connections.</param>
/// <param name="Active">True when it was ACTIVE; null when its state was not measured, which counts as ACTIVE.</param>
public readonly record struct MinuteSample(
    DateTimeOffset Minute,
    GatewaySerial Serial,
    SecurityGroupId? Group,
    double CpuMeanPercent,
    double BitsPerSecond,
    double ConcurrentConnections,
    double ConnectionsPerSecond,
    bool? Active = null)
{
    /// <summary>The value that counts towards the demand for a resource, before weighting.</summary>
    public double ValueOf(Resource resource) => resource switch
    {
        Resource.CpuWork => CpuMeanPercent / 100,
        Resource.BitsPerSecond => BitsPerSecond,
        Resource.ConcurrentConnections => ConcurrentConnections,
        Resource.ConnectionsPerSecond => ConnectionsPerSecond,
        _ => throw new ArgumentOutOfRangeException(nameof(resource), resource, "Not a resource."),
    };
}
