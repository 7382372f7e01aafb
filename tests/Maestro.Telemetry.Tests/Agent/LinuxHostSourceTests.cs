using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Tests.Support;

namespace Maestro.Telemetry.Tests.Agents;

public sealed class LinuxHostSourceTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly FakeHost _host = new();

    [Fact]
    public async Task FirstReading_GivesNoRow()
    {
        Assert.Null(await ReadAsync(Source()));
    }

    [Fact]
    public async Task SecondReading_GivesRatesOverTheTimeBetween()
    {
        var source = Source();
        await ReadAsync(source);
        _host.Cores((0, 150, 950), (1, 290, 810));
        _host.Interfaces(("lo", 99_999, 999), ("eth0", 10_000_000, 20_000));
        _host.Connections(40, 48);

        var row = await ReadAsync(source);

        Assert.Equal(
            new Dictionary<string, double>
            {
                ["CpuMean"] = 70,
                ["CpuBusiestCore"] = 90,
                ["MemoryUsed"] = 25,
                ["ConcurrentConnections"] = 1234,
                ["ConnectionsRate"] = 5,
                ["ReceivedBitsRate"] = 8_000_000,
                ["TransmittedBitsRate"] = 800_000,
                ["ReceivedPacketsRate"] = 2_000,
                ["TransmittedPacketsRate"] = 200,
                ["DroppedPacketsRate"] = 20,
                ["MemberState"] = 6,
                ["CpuCoreBusy0"] = 50,
                ["CpuCoreBusy1"] = 90,
            },
            row);
    }

    [Fact]
    public void Cores_AreOfTypeOther_UnlessToldOtherwise()
    {
        var source = Source(o => o.CoreTypes = new Dictionary<int, CoreType> { [1] = CoreType.Fw });

        Assert.Equal(
            [(0u, CoreType.Other), (1u, CoreType.Fw)],
            source.Columns.Where(c => c.Metric == Metric.CpuCoreBusy).Select(c => (c.Core, c.CoreType)));
    }

    [Fact]
    public async Task ResetInterface_LeavesOutTheInterval_AndTheNextIsRightAgain()
    {
        var source = Source();
        _host.Interfaces(("eth0", 5_000, 50));
        await ReadAsync(source);
        Busy(10);
        _host.Interfaces(("eth0", 100, 1));
        Assert.Null(await ReadAsync(source));

        Busy(20);
        _host.Interfaces(("eth0", 1_100, 11));

        Assert.Equal(800, (await ReadAsync(source))!["ReceivedBitsRate"]);
    }

    [Fact]
    public async Task ResetCore_LeavesOutTheInterval()
    {
        var source = Source();
        await ReadAsync(source);
        _host.Cores((0, 150, 950), (1, 3, 10));

        Assert.Null(await ReadAsync(source));
    }

    [Fact]
    public async Task IdleThatGoesBackALittle_IsNoReset()
    {
        var source = Source();
        await ReadAsync(source);
        _host.Cores((0, 150, 950), (1, 300, 799));

        Assert.Equal(100, (await ReadAsync(source))!["CpuBusiestCore"]);
    }

    [Fact]
    public async Task CoreThatGoesOffline_IsIdleInItsColumn_AndNotInTheMean()
    {
        var source = Source();
        await ReadAsync(source);
        _host.Cores((0, 150, 950));

        var row = (await ReadAsync(source))!;

        Assert.Equal((50, 50, 0), (row["CpuMean"], row["CpuCoreBusy0"], row["CpuCoreBusy1"]));
    }

    [Fact]
    public async Task CoreThatComesLater_CountsInTheMean_FromItsSecondReading()
    {
        var source = Source();
        await ReadAsync(source);
        _host.Cores((0, 150, 950), (1, 250, 850), (2, 5_000, 5_000));
        Assert.Equal(50, (await ReadAsync(source))!["CpuMean"]);

        _host.Cores((0, 200, 1_000), (1, 300, 900), (2, 5_080, 5_020));
        var row = (await ReadAsync(source))!;

        Assert.Equal((60, 80), (row["CpuMean"], row["CpuBusiestCore"]));
        Assert.DoesNotContain("CpuCoreBusy2", row.Keys);
    }

    [Fact]
    public async Task InterfaceThatComesLater_CountsFromItsSecondReading()
    {
        var source = Source();
        await ReadAsync(source);
        Busy(10);
        _host.Interfaces(("eth0", 1_000, 10), ("eth1", 1_000_000_000, 1_000_000));
        Assert.Equal(800, (await ReadAsync(source))!["ReceivedBitsRate"]);

        Busy(20);
        _host.Interfaces(("eth0", 2_000, 20), ("eth1", 1_000_001_000, 1_000_010));
        Assert.Equal(1_600, (await ReadAsync(source))!["ReceivedBitsRate"]);
    }

    [Fact]
    public async Task WithoutConntrack_SocketsInUseAreTheConnections()
    {
        _host.Set("/proc/sys/net/netfilter/nf_conntrack_count", null);
        _host.Set("/proc/net/sockstat", "sockets: used 13\nTCP: inuse 5 orphan 0 tw 2\nUDP: inuse 3 mem 0\n");
        _host.Set("/proc/net/sockstat6", "TCP6: inuse 20\nUDP6: inuse 1\n");
        var source = Source();
        await ReadAsync(source);
        Busy(10);

        Assert.Equal(29, (await ReadAsync(source))!["ConcurrentConnections"]);
    }

    [Fact]
    public async Task OldKernel_WithoutMemAvailable_CountsBuffersAndCacheAsFree()
    {
        _host.Set("/proc/meminfo", "MemTotal: 1000 kB\nMemFree: 300 kB\nBuffers: 100 kB\nCached: 200 kB\n");
        var source = Source();
        await ReadAsync(source);
        Busy(10);

        Assert.Equal(40, (await ReadAsync(source))!["MemoryUsed"], tolerance: 1e-9);
    }

    [Theory]
    [InlineData("eth0", true)]
    [InlineData("eth1-05", true)]
    [InlineData("ens3f0np1", true)]
    [InlineData("lo", false)]
    [InlineData("eth0.100", false)]
    [InlineData("bond0", false)]
    [InlineData("br0", false)]
    [InlineData("veth12ab", false)]
    [InlineData("ifb1", false)]
    public void Interfaces_ThatCarryWhatAnotherCarries_DoNotCount(string name, bool counts)
    {
        Assert.Equal(counts, new InterfaceFilter([]).Counts(name));
    }

    [Theory]
    [InlineData("bond1", true)]
    [InlineData("eth1-05", true)]
    [InlineData("eth2-05", false)]
    [InlineData("bond10", false)]
    public void Interfaces_WhenNamed_AreTheOnlyOnesThatCount(string name, bool counts)
    {
        Assert.Equal(counts, new InterfaceFilter(["bond1", "eth1-*"]).Counts(name));
    }

    [Fact]
    public void NamedInterfaceThatDoesNotExist_IsAnErrorWithThoseThatDo()
    {
        var error = Assert.Throws<InvalidDataException>(() => Source(o => o.Interfaces = ["eth9"]));

        Assert.Contains("Interfaces is eth9, but this host has only lo, eth0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/proc/stat", null, "/proc/stat is missing")]
    [InlineData("/proc/stat", "cpu  1 2 3\n", "/proc/stat names no cores")]
    [InlineData("/proc/stat", "cpu0 1 2 x 4\n", "/proc/stat has 'x' where a number belongs")]
    [InlineData("/proc/net/snmp", "Udp: a\nUdp: 1\n", "/proc/net/snmp says nothing of Tcp")]
    public async Task StrangeFile_IsAnErrorThatNamesIt(string path, string? text, string message)
    {
        _host.Set(path, text);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(Source()));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private LinuxHostSource Source(Action<LinuxHostSourceOptions>? configure = null)
    {
        var options = new LinuxHostSourceOptions();
        configure?.Invoke(options);
        return new(options, _time, _host.Read);
    }

    /// <summary>Both cores have been half busy since the start, for so many seconds.</summary>
    private void Busy(int seconds) =>
        _host.Cores((0, 100 + (50 * seconds), 900 + (50 * seconds)), (1, 200 + (50 * seconds), 800 + (50 * seconds)));

    /// <summary>One reading, ten seconds after the one before.</summary>
    private async Task<Dictionary<string, double>?> ReadAsync(LinuxHostSource source)
    {
        _time.Advance(TimeSpan.FromSeconds(10));
        var row = new double[source.Columns.Count];
        return await source.ReadAsync(_time.GetUtcNow(), row, CancellationToken.None)
            ? source.Columns.Zip(row).ToDictionary(
                p => p.First.Metric == Metric.CpuCoreBusy ? $"{p.First.Metric}{p.First.Core}" : $"{p.First.Metric}",
                p => p.Second)
            : null;
    }
}
