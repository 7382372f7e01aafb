using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Control;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Tests.Support;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

public sealed class StatedFactsTests
{
    private readonly FabricOptions _options = new()
    {
        Groups =
        {
            new GroupOptions
            {
                Id = 1,
                Clustering = ClusteringMode.Vsls,
                Vsx = true,
                ImageCloning = false,
                Take = 90,
                LineRateBitsPerSecond = 2e10,
            },
        },
        Orchestrators =
        {
            new StatedOrchestrator
            {
                Id = "1_1",
                Model = "MHO-140",
                Release = "R82",
                Take = 12,
                RedundantSync = false,
                Upgrade = UpgradeState.InProgress,
                SyncPorts = { new StatedSyncPort { Port = "1/48/1", Gigabits = 40 } },
            },
        },
        Gateways = { new StatedGateway { Serial = "S1", Licensed = false, SyncAddressMatches = true } },
        CertifiedMixes = { new CertifiedMix { Models = { "16200", "9700" } } },
        EnforceWithOneOrchestrator = { 2 },
    };

    [Fact]
    public void Complete_AddsWhatIsStatedAndLeavesTheRest()
    {
        var complete = StatedFacts.Complete(Fabric(), _options);

        var group = complete.Groups[0];
        Assert.Equal((ClusteringMode.Vsls, true, false, 90), (group.Mode, group.IsVsx, group.ImageCloning, group.Take));
        Assert.Equal(2e10, group.LineRate);
        var (stated, other) = (complete.Orchestrators[0], complete.Orchestrators[1]);
        Assert.Equal(("MHO-140", Release.R82, 12), (stated.Model, stated.Release, stated.Take));
        Assert.Equal((false, UpgradeState.InProgress), (stated.RedundantSync, stated.Upgrade));
        Assert.Equal(new SyncPort("1/48/1", SyncPortKind.Internal, 40), Assert.Single(stated.SyncPorts!.Value));
        Assert.Equal((null, null, null), (other.Model, other.Upgrade, other.SyncPorts));
        Assert.Equal((false, true), (complete.Find(new GatewaySerial("S1"))!.Licensed, complete.Find(new GatewaySerial("S1"))!.SyncAddressMatches));
        Assert.Null(complete.Find(new GatewaySerial("S2"))!.Licensed);
    }

    [Fact]
    public void Allowances_AreWhatIsConfigured()
    {
        Assert.True(_options.Allowances.MayMix("9700", "16200"));
        Assert.False(_options.Allowances.MayMix("9700", "6500"));
        Assert.Equal([new SiteId(2)], _options.Allowances.EnforceWithOneOrchestrator.AsEnumerable());
    }

    [Fact]
    public void Check_WithoutAReading_SaysSoAndFindsNothing()
    {
        var answer = new FabricCheckQuery(new FabricState(new ManualTimeProvider(Given.Noon)), new(), Options.Create(_options)).Run();

        Assert.Null(answer.ReadAt);
        Assert.Empty(answer.Findings);
        Assert.NotEmpty(answer.Problem);
    }

    [Fact]
    public void Check_AfterAReading_GivesTheFindingsWithTheirParts()
    {
        var state = new FabricState(new ManualTimeProvider(Given.Noon));
        state.Set(StatedFacts.Complete(Fabric(), _options));

        var answer = new FabricCheckQuery(state, new(), Options.Create(_options)).Run();

        var sync = Assert.Single(answer.Findings, f => f.Rule == "S10" && f.Severity == "error");
        Assert.Equal(("1_1", 1, true, true), (sync.Orchestrator, sync.Site, sync.StopsGrowth, sync.StopsRemoval));
        Assert.Equal("S1", Assert.Single(answer.Findings, f => f is { Rule: "S26", Severity: "error" }).Serial);
    }

    private static FabricSnapshot Fabric() => new(
        Given.Noon,
        [new SecurityGroup { Id = new(1), Name = "read" }],
        [Given.Gateway("S1", 1), Given.Gateway("S2", 1)],
        [new("1_1", new(1), true, null), new("1_2", new(1), true, null)]);
}
