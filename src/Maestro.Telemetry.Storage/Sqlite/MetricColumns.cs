using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Where each metric stands in a sample's row and in a roll-up. In the file's order: append only.</summary>
internal static class MetricColumns
{
    public static readonly MetricId[] Metrics =
    [
        MetricId.CpuMeanPercent,
        MetricId.CpuBusiestCorePercent,
        MetricId.MemoryUsedPercent,
        MetricId.ConcurrentConnections,
        MetricId.ConnectionsPerSecond,
        MetricId.ReceivedBitsPerSecond,
        MetricId.TransmittedBitsPerSecond,
        MetricId.ReceivedPacketsPerSecond,
        MetricId.TransmittedPacketsPerSecond,
        MetricId.DroppedPacketsPerSecond,
        MetricId.AccelerationRatio,
        MetricId.MemberState,
    ];

    /// <summary>The names in the database, in the same order.</summary>
    public static readonly string[] Names =
    [
        "cpu_mean_percent",
        "cpu_busiest_core_percent",
        "memory_used_percent",
        "concurrent_connections",
        "connections_per_second",
        "received_bits_per_second",
        "transmitted_bits_per_second",
        "received_packets_per_second",
        "transmitted_packets_per_second",
        "dropped_packets_per_second",
        "acceleration_ratio",
        "member_state",
    ];

    public static int Count => Metrics.Length;

    /// <summary>The metric's place, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The store has no column for the metric.</exception>
    public static int IndexOf(MetricId metric)
    {
        var index = Array.IndexOf(Metrics, metric);
        return index >= 0
            ? index
            : throw new ArgumentOutOfRangeException(nameof(metric), metric, "The store has no column for this metric.");
    }
}
