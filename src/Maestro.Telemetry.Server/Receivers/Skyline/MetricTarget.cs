namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>What a series becomes. The numbers are those of <see cref="Series.MetricId"/>, and 3 for one core.</summary>
public enum MetricTarget
{
    /// <summary>Nothing: the series is left out.</summary>
    None = 0,

    CpuMeanPercent = 1,

    CpuBusiestCorePercent = 2,

    /// <summary>The busy share of the core that the label <c>cpu</c> names; mean and busiest follow from all of them.</summary>
    CpuCoreBusyPercent = 3,

    MemoryUsedPercent = 4,

    ConcurrentConnections = 5,

    ConnectionsPerSecond = 6,

    ReceivedBitsPerSecond = 7,

    TransmittedBitsPerSecond = 8,

    ReceivedPacketsPerSecond = 9,

    TransmittedPacketsPerSecond = 10,

    DroppedPacketsPerSecond = 11,

    AccelerationRatio = 12,

    MemberState = 13,
}
