namespace Maestro.Telemetry.Series;

/// <summary>What the values of one column must be.</summary>
/// <param name="Name">The column's name in messages, for example cpu_mean_percent.</param>
/// <param name="Maximum">The largest value allowed; the smallest is 0.</param>
/// <param name="Integral">True when only whole numbers are allowed.</param>
public readonly record struct ColumnRule(string Name, double Maximum, bool Integral = false)
{
    /// <summary>The rule of a metric of an SGM.</summary>
    public static ColumnRule For(MetricId metric) => metric switch
    {
        MetricId.CpuMeanPercent => new("cpu_mean_percent", 100),
        MetricId.CpuBusiestCorePercent => new("cpu_busiest_core_percent", 100),
        MetricId.MemoryUsedPercent => new("memory_used_percent", 100),
        MetricId.ConcurrentConnections => new("concurrent_connections", double.MaxValue),
        MetricId.ConnectionsPerSecond => new("connections_per_second", double.MaxValue),
        MetricId.ReceivedBitsPerSecond => new("received_bits_per_second", double.MaxValue),
        MetricId.TransmittedBitsPerSecond => new("transmitted_bits_per_second", double.MaxValue),
        MetricId.ReceivedPacketsPerSecond => new("received_packets_per_second", double.MaxValue),
        MetricId.TransmittedPacketsPerSecond => new("transmitted_packets_per_second", double.MaxValue),
        MetricId.DroppedPacketsPerSecond => new("dropped_packets_per_second", double.MaxValue),
        MetricId.AccelerationRatio => new("acceleration_ratio", 1),
        MetricId.MemberState => new("member_state", (double)Fabric.MemberState.Unassigned, Integral: true),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Not a metric."),
    };

    /// <summary>The rule of the busy share of one core.</summary>
    public static ColumnRule For(CoreId core) => new($"core {core.Number} busy_percent", 100);
}
