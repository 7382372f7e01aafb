namespace Maestro.Telemetry.Series;

/// <summary>What is measured of one SGM. The numbers are those of the wire and of the store, and never change.</summary>
public enum MetricId
{
    /// <summary>Mean busy share of all cores, percent.</summary>
    CpuMeanPercent = 1,

    /// <summary>Busy share of the busiest core, percent.</summary>
    CpuBusiestCorePercent = 2,

    // 3 is the busy share of one core: kept per core, in CoreLayout and SampleBatch.CoreValues.

    /// <summary>Memory in use, percent.</summary>
    MemoryUsedPercent = 4,

    /// <summary>Entries in the connections table.</summary>
    ConcurrentConnections = 5,

    ConnectionsPerSecond = 6,

    ReceivedBitsPerSecond = 7,

    TransmittedBitsPerSecond = 8,

    ReceivedPacketsPerSecond = 9,

    TransmittedPacketsPerSecond = 10,

    DroppedPacketsPerSecond = 11,

    /// <summary>Share of packets that SecureXL accelerates, 0 to 1.</summary>
    AccelerationRatio = 12,

    /// <summary>A <see cref="Fabric.MemberState"/> as a number.</summary>
    MemberState = 13,
}
