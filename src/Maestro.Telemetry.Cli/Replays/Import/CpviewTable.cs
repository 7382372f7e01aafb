using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>Where CPView keeps a figure. Releases differ in what they keep, so that there are several for some.</summary>
/// <param name="Table">The table; its column Timestamp is in seconds of Unix time.</param>
/// <param name="Column">The column.</param>
/// <param name="Of">What the rows of one moment come to, as an aggregate of SQL.</param>
/// <param name="Most">The largest value that can be.</param>
internal sealed record CpviewTable(string Table, string Column, string Of, double Most)
{
    private const double NoLimit = 1e18;

    public override string ToString() => $"{Table}.{Column}";

    /// <summary>Best first.</summary>
    public static IReadOnlyList<CpviewTable> For(Resource resource) => resource switch
    {
        // One row for each core: the SGM is as busy as its cores are on average.
        Resource.CpuWork =>
        [
            new("UM_STAT_UM_CPU_UM_CPU_TABLE", "cpu_usage", "AVG", 100),
            new("UM_STAT_UM_CPU_UM_CPU_ORDERED_TABLE", "cpu_usage", "AVG", 100),
        ],
        Resource.ConcurrentConnections =>
        [
            new("fw_network_stats", "total_concurrent_conns", "MAX", NoLimit),
            new("fw_counters", "concurrent_conns", "MAX", NoLimit),
        ],
        Resource.ConnectionsPerSecond => [new("fw_network_stats", "total_conn_rate", "MAX", NoLimit)],
        _ => [new("fw_counters", "inbound_throughput", "MAX", NoLimit)],
    };
}
