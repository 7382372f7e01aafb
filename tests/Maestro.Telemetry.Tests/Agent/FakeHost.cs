using System.Globalization;

namespace Maestro.Telemetry.Tests.Agents;

/// <summary>The files of a small host, as recorded, with the numbers that a test changes.</summary>
internal sealed class FakeHost
{
    private readonly Dictionary<string, string?> _files = new(StringComparer.Ordinal)
    {
        ["/proc/meminfo"] = """
            MemTotal:       24683620 kB
            MemFree:        23496832 kB
            MemAvailable:   18512715 kB
            Buffers:          213620 kB
            Cached:           562316 kB
            """,
        ["/proc/sys/net/netfilter/nf_conntrack_count"] = "1234\n",
    };

    public FakeHost()
    {
        Cores((0, 100, 900), (1, 200, 800));
        Interfaces(("lo", 9_999, 99), ("eth0", 0, 0));
        Connections(36, 2);
    }

    public string? Read(string path) => _files.GetValueOrDefault(path);

    public void Set(string path, string? text) => _files[path] = text;

    /// <summary>Cores with the ticks they were busy (half user, half system) and idle.</summary>
    public void Cores(params (int Core, long Busy, long Idle)[] cores) => Set("/proc/stat", string.Join('\n',
    [
        "cpu  10468 0 5652 163068 641 0 311 0 0 0",
        .. cores.Select(c => string.Create(CultureInfo.InvariantCulture,
            $"cpu{c.Core} {c.Busy / 2} 0 {c.Busy - (c.Busy / 2)} {c.Idle} 0 0 0 0 0 0")),
        "intr 246924 0 0 0 9",
        "ctxt 592786",
    ]));

    /// <summary>
    /// Interfaces with the bytes and packets received; a tenth of them was sent, and a tenth of those lost.
    /// </summary>
    public void Interfaces(params (string Name, long Bytes, long Packets)[] interfaces) => Set("/proc/net/dev",
        string.Join('\n',
        [
            "Inter-|   Receive                                                |  Transmit",
            " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls",
            .. interfaces.Select(i => string.Create(CultureInfo.InvariantCulture,
                $"{i.Name,6}: {i.Bytes} {i.Packets} 0 {i.Packets / 100} 0 0 0 0 "
                    + $"{i.Bytes / 10} {i.Packets / 10} 0 0 0 0 0 0")),
        ]));

    public void Connections(long active, long passive) => Set("/proc/net/snmp", string.Create(
        CultureInfo.InvariantCulture,
        $"""
        Ip: Forwarding DefaultTTL
        Ip: 1 64
        Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails
        Tcp: 1 200 120000 -1 {active} {passive} 0
        Udp: InDatagrams NoPorts
        Udp: 5 0
        """));
}
