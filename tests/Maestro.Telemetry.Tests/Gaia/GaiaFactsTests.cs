using System.Text.Json.Nodes;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia;

namespace Maestro.Telemetry.Tests.Orchestration;

/// <summary>What the fabric checks need and the Gaia API tells.</summary>
public sealed class GaiaFactsTests
{
    private const string ShowPorts = "show-maestro-ports";

    [Fact]
    public async Task Read_SyncPorts_AreThoseOfTheOrchestratorWithTheirSpeed()
    {
        await using var harness = new GaiaHarness();
        harness.First.Ports =
        [
            Port("1/48/1", "ssm_sync", "10G"),
            Port("1/47/1", "site_sync", "what"),
            Port("1/9/1", "downlink", "100G"),
            Port("2/48/1", "ssm_sync", "40G"),
            Port("1/46/1", "ssm_sync", "40G", site: 2),
        ];

        var ports = Assert.Single((await harness.ReadAsync()).Orchestrators).SyncPorts;

        Assert.Equal(
            [new SyncPort("1/47/1", SyncPortKind.Site, null), new SyncPort("1/48/1", SyncPortKind.Internal, 10)],
            ports!.Value.AsEnumerable());
    }

    [Fact]
    public async Task Read_OrchestratorThatDoesNotTellItsPorts_LeavesThemUnknown()
    {
        await using var harness = new GaiaHarness();

        var orchestrator = Assert.Single((await harness.ReadAsync()).Orchestrators);

        Assert.Null(orchestrator.SyncPorts);
        Assert.True(orchestrator.Reachable);
    }

    [Fact]
    public async Task Read_SyncPorts_AreAskedForNowAndThen()
    {
        await using var harness = new GaiaHarness();
        await harness.ReadAsync();
        await harness.ReadAsync();
        Assert.Equal(1, harness.First.Count(ShowPorts));

        harness.Time.Advance(TimeSpan.FromMinutes(10));
        await harness.ReadAsync();

        Assert.Equal(2, harness.First.Count(ShowPorts));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"True\"", true)]
    [InlineData("false", false)]
    [InlineData("null", null)]
    [InlineData("7", null)]
    public async Task Read_Vsx_IsReadTolerantly(string json, bool? isVsx)
    {
        await using var harness = new GaiaHarness();
        harness.Fabric.Distort = listing =>
        {
            foreach (var group in listing["security-groups"]?.AsArray() ?? [])
            {
                group!["ftw-configuration"]!["is-vsx"] = JsonNode.Parse(json);
            }
        };

        Assert.All((await harness.ReadAsync()).Groups, g => Assert.Equal(isVsx, g.IsVsx));
    }

    [Theory]
    [InlineData("100G", 100d)]
    [InlineData("25 Gbps", 25d)]
    [InlineData("10000M", 10d)]
    [InlineData("40000", 40d)]
    [InlineData("2.5G", 2.5)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("4x10G", null)]
    [InlineData("unknown", null)]
    public void Gigabits_OfASpeed_AreReadTolerantly(string? speed, double? gigabits) =>
        Assert.Equal(gigabits, SyncPortReader.Gigabits(speed));

    private static JsonObject Port(string id, string type, string speed, int site = 1) => new()
    {
        ["id"] = id,
        ["site"] = site,
        ["type"] = type,
        ["operating-speed"] = speed,
        ["rx-frames"] = 12,
    };
}
