namespace Maestro.Telemetry.Series;

/// <summary>What a Security Group may run out of. Demand for it does not change when members join or leave.</summary>
public enum Resource
{
    /// <summary>Busy SGMs, in reference SGMs: the sum over members of busy share times weight.</summary>
    CpuWork = 1,

    /// <summary>Bits per second received, summed over members.</summary>
    BitsPerSecond = 2,

    /// <summary>Concurrent connections, summed over members.</summary>
    ConcurrentConnections = 3,

    /// <summary>New connections per second, summed over members.</summary>
    ConnectionsPerSecond = 4,
}
