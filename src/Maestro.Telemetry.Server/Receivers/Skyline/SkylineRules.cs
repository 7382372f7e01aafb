using System.Collections.Immutable;

namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>
/// The rules for what Check Point's Skyline exports, by the names in its official dashboards, and for the host metrics of
/// the OpenTelemetry Collector.
/// </summary>
internal static class SkylineRules
{
    /// <summary>Rules of the official names have this rank; a rule of the configuration without a rank comes before.</summary>
    public const int Official = 10;

    private const int HostMetrics = 20;
    private const int Beta = 30;

    private static readonly ImmutableArray<LabelCondition> Idle = [new("state", "idle")];
    private static readonly ImmutableArray<LabelCondition> Used = [new("state", "used")];
    private static readonly ImmutableArray<LabelCondition> NoTotal = [new("interface", "TOTAL|lo")];
    private static readonly ImmutableArray<LabelCondition> NoBetaTotal = [new("if_name", "TOTAL|lo")];

    public static ImmutableArray<MappingRule> All { get; } =
    [
        new()
        {
            Metric = "system_cpu_utilization", Target = MetricTarget.CpuCoreBusyPercent, Rank = Official,
            Where = Idle, Kind = ReadingKind.Idle,
        },
        new()
        {
            Metric = "system_memory_usage", Target = MetricTarget.MemoryUsedPercent, Rank = Official,
            Where = Used, Role = ShareRole.Part,
        },
        new()
        {
            Metric = "system_memory_limit", Target = MetricTarget.MemoryUsedPercent, Rank = Official,
            Role = ShareRole.Whole,
        },
        new()
        {
            Metric = "system_traffic_connections", Target = MetricTarget.ConcurrentConnections, Rank = Official,
            By = ["protocol", "state"],
        },
        new()
        {
            Metric = "system_network_connections_rate", Target = MetricTarget.ConnectionsPerSecond, Rank = Official,
            By = ["protocol", "type"],
        },
        Interfaces("system_network_interface_io_receive_rate", MetricTarget.ReceivedBitsPerSecond),
        Interfaces("system_network_interface_io_transmit_rate", MetricTarget.TransmittedBitsPerSecond),
        Interfaces("system_network_interface_packets_receive_rate", MetricTarget.ReceivedPacketsPerSecond),
        Interfaces("system_network_interface_packets_transmit_rate", MetricTarget.TransmittedPacketsPerSecond),
        new()
        {
            Metric = "system_traffic_dropped", Target = MetricTarget.DroppedPacketsPerSecond, Rank = Official,
            By = ["type"], Kind = ReadingKind.Counter,
        },
        new()
        {
            Metric = "cluster_xl_members_state", Target = MetricTarget.MemberState, Rank = Official,
            Kind = ReadingKind.ClusterState, OwnMemberOnly = true,
        },
        new()
        {
            Metric = "system_cpu_utilization_ratio", Target = MetricTarget.CpuCoreBusyPercent, Rank = HostMetrics,
            Where = Idle, Kind = ReadingKind.Idle, Scale = 100,
        },
        new()
        {
            Metric = "system_memory_utilization", Target = MetricTarget.MemoryUsedPercent, Rank = HostMetrics, Where = Used,
        },
        new()
        {
            Metric = "system_memory_utilization_ratio", Target = MetricTarget.MemoryUsedPercent, Rank = HostMetrics,
            Where = Used, Scale = 100,
        },
        BetaInterfaces("system_network_interface_rx_throughput_bs", MetricTarget.ReceivedBitsPerSecond),
        BetaInterfaces("system_network_interface_tx_throughput_bs", MetricTarget.TransmittedBitsPerSecond),
    ];

    private static MappingRule Interfaces(string metric, MetricTarget target) => new()
    {
        Metric = metric,
        Target = target,
        Rank = Official,
        Except = NoTotal,
        By = ["interface"],
    };

    private static MappingRule BetaInterfaces(string metric, MetricTarget target) => new()
    {
        Metric = metric,
        Target = target,
        Rank = Beta,
        Except = NoBetaTotal,
        By = ["if_name"],
    };
}
