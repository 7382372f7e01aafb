using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Simulator.Faults;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Simulation;

/// <summary>Our client and the simulated Orchestrators share nothing but the vendor's documents.</summary>
public sealed class GaiaClientAgainstSimulatorTests
{
    private static readonly GatewaySerial Free = new(FabricUnderTest.Free);
    private static readonly GatewaySerial Member = new("1007RT1940");
    private static readonly SecurityGroupId Edge = new(1);
    private static readonly SecurityGroupId Datacenter = new(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Read_SeesTheWholeFabric()
    {
        await using var test = await FabricUnderTest.StartAsync();
        await using var client = NewClient(test);

        var fabric = await client.ReadAsync(CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(24, fabric.Gateways.Length);
        Assert.Equal(3, fabric.Groups.Length);
        Assert.Empty(fabric.PendingChanges);
        Assert.All(fabric.Orchestrators, o => Assert.True(o.Reachable, o.Problem));
        var member = fabric.Find(Member)!;
        Assert.Equal((Edge, 1, MemberState.Active), (member.Group, member.MemberId, member.State));
        Assert.Equal(("16200", "R82"), (member.Model.Name, member.Release.Name));
        Assert.Equal((null, MemberState.Unassigned), (fabric.Find(Free)!.Group, fabric.Find(Free)!.State));
    }

    [Fact]
    public async Task Apply_AddMoveRemove_AreDeployedOneAfterTheOther()
    {
        await using var test = await FabricUnderTest.StartAsync();
        await using var client = NewClient(test);

        Assert.Equal(ApplyOutcome.Applied, await OutcomeAsync(client, new(Free, null, Edge)));
        Assert.Equal(ApplyOutcome.AlreadyDone, await OutcomeAsync(client, new(Free, null, Edge)));
        Assert.Equal(ApplyOutcome.Applied, await OutcomeAsync(client, new(Free, Edge, Datacenter)));
        Assert.Equal(ApplyOutcome.Applied, await OutcomeAsync(client, new(Free, Datacenter, null)));

        Assert.Equal(
            [(0, 1), (1, 2), (2, 0)], test.Fabric.Changes.Select(c => (c.FromGroup, c.ToGroup)));
    }

    [Fact]
    public async Task Apply_AnsweredWithATask_IsFollowedToItsEnd()
    {
        await using var test = await FabricUnderTest.StartAsync(new() { ApplyAsTask = true, TaskTime = TimeSpan.Zero });
        await using var client = NewClient(test);

        Assert.Equal(ApplyOutcome.Applied, await OutcomeAsync(client, new(Free, null, Edge)));
    }

    [Fact]
    public async Task Apply_WithForeignChangesStaged_RefusesAndLeavesThem()
    {
        await using var test = await FabricUnderTest.StartAsync();
        await using var client = NewClient(test);
        test.Faults.Inject(new() { Kind = FaultKind.ForeignPending, Serial = "1007RT1958", Group = 2 });

        Assert.Equal(ApplyOutcome.RefusedForeignPending, await OutcomeAsync(client, new(Free, null, Edge)));

        Assert.Equal("1007RT1958", Assert.Single(test.Fabric.View().Pending).Serial);
        Assert.Empty(test.Fabric.Changes);
    }

    [Fact]
    public async Task Apply_WhoseReplyIsLost_IsNotRepeated()
    {
        await using var test = await FabricUnderTest.StartAsync();
        await using var client = NewClient(test);
        test.Faults.Inject(new() { Kind = FaultKind.ApplyLost });

        Assert.Equal(ApplyOutcome.Applied, await OutcomeAsync(client, new(Free, null, Edge)));

        Assert.Single(test.Fabric.Changes);
    }

    [Fact]
    public async Task Apply_WithTheSessionGone_LogsInAgain()
    {
        await using var test = await FabricUnderTest.StartAsync();
        await using var client = NewClient(test);
        await client.ReadAsync(CancellationToken.None).WaitAsync(Patience);
        test.Faults.Inject(new() { Kind = FaultKind.ExpireSessions });

        Assert.Equal(ApplyOutcome.Applied, await OutcomeAsync(client, new(Member, Edge, null)));
    }

    [Fact]
    public async Task Apply_TakingTheLastMember_HasTheWordsOfTheOrchestrator()
    {
        await using var test = await FabricUnderTest.StartAsync();
        await using var client = NewClient(test);
        var members = test.Fabric.View().MembersOf(2).Select(m => m.Serial).ToList();
        foreach (var serial in members.Skip(1))
        {
            test.Fabric.DeployOutOfBand(serial, 0);
        }

        var result = await client.ApplyAsync(new(new(members[0]), Datacenter, null), CancellationToken.None)
            .WaitAsync(Patience);

        Assert.Equal(ApplyOutcome.RefusedByOrchestrator, result.Outcome);
        Assert.Contains("at least one gateway", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.Down)]
    [InlineData(FaultKind.Error500)]
    [InlineData(FaultKind.Html503)]
    public async Task Read_WithTheFirstOrchestratorBroken_AsksTheSecond(FaultKind kind)
    {
        await using var test = await FabricUnderTest.StartAsync();
        await using var client = NewClient(test);
        test.Faults.Inject(new() { Kind = kind, Orchestrator = "1_1" });

        var fabric = await client.ReadAsync(CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(24, fabric.Gateways.Length);
        Assert.Equal(["2_1"], fabric.Orchestrators.Where(o => o.Reachable).Select(o => o.Id));
    }

    private static GaiaFabricController NewClient(FabricUnderTest test)
    {
        var options = new GaiaOptions
        {
            PollInterval = TimeSpan.FromMilliseconds(10),
            Orchestrators =
            [
                new() { Id = "1_1", Site = 1, Address = test.First.Url.ToString() },
                new() { Id = "2_1", Site = 2, Address = test.Second.Url.ToString() },
            ],
        };
        return GaiaFabricController.Create(
            options,
            TimeProvider.System,
            NullLoggerFactory.Instance,
            credentials: _ => ValueTask.FromResult(new GaiaCredentials("admin", "simulated")));
    }

    private static async Task<ApplyOutcome> OutcomeAsync(GaiaFabricController client, MembershipChange change) =>
        (await client.ApplyAsync(change, CancellationToken.None).WaitAsync(Patience)).Outcome;
}
