using Maestro.Telemetry.Server.Receivers.Intake;

namespace Maestro.Telemetry.Tests.Receivers.Foreign;

/// <summary>What Skyline exports of one SGM at one time.</summary>
internal static class Sweep
{
    /// <summary>Four cores, three interfaces beside TOTAL and lo, connections, memory, state.</summary>
    public static List<(string Metric, Label[] Labels, double Value)> Of(string member, int round)
    {
        var points = new List<(string, Label[], double)>();
        for (var core = 0; core < 4; core++)
        {
            var type = core == 0 ? "CoreXL_SND" : "CoreXL_FW";
            Add("system_cpu_utilization", 90 - (10 * core) - round, ("cpu", $"{core}"), ("type", type), ("state", "idle"));
            Add("system_cpu_utilization", 10 * core, ("cpu", $"{core}"), ("type", type), ("state", "user"));
        }

        foreach (var (name, bits) in new[] { ("eth1-01", 1_000), ("eth1-02", 2_000), ("bond1", 4_000), ("TOTAL", 7_000), ("lo", 9) })
        {
            Add("system_network_interface_io_receive_rate", bits + round, ("interface", name));
            Add("system_network_interface_io_transmit_rate", (2 * bits) + round, ("interface", name));
            Add("system_network_interface_packets_receive_rate", bits / 100, ("interface", name));
        }

        Add("system_traffic_connections", 100 + round, ("protocol", "tcp"), ("state", "established"));
        Add("system_traffic_connections", 20, ("protocol", "tcp"), ("state", "handshake"));
        Add("system_traffic_connections", 3, ("protocol", "other"), ("state", "established"));
        Add("system_network_connections_rate", 50 + round);
        Add("system_memory_usage", 6e9, ("state", "used"));
        Add("system_memory_usage", 2e9, ("state", "free"));
        Add("system_memory_limit", 8e9);
        Add("cluster_xl_members_state", 26, ("id", member == "S2" ? "1_02" : "1_01"));
        Add("cluster_xl_members_state", 6, ("id", "1_09"));
        Add("system_uptime", 1e6 + round);
        return points;

        void Add(string metric, double value, params (string, string)[] labels) =>
            points.Add((metric, ForeignUnderTest.Of(member, labels), value));
    }
}
