using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.IntegrationTests.Simulation;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Simulator.Faults;

namespace Maestro.Telemetry.IntegrationTests.Orchestration;

public sealed class GaiaAgainstSimulatorTests
{
    private const string Free = FabricUnderTest.Free;
    private const string Set = "set-maestro-gateway";
    private static readonly SecurityGroupId One = new(1);
    private static readonly SecurityGroupId Two = new(2);

    [Fact]
    public async Task Read_GivesTheFabricAndNothingPending()
    {
        await using var test = await GaiaUnderTest.StartAsync();

        var snapshot = await test.ReadAsync();

        Assert.Equal([1, 2, 3], snapshot.Groups.Select(g => g.Id.Value));
        Assert.Equal(test.Fabric.View().Gateways.Length, snapshot.Gateways.Length);
        Assert.All(snapshot.Gateways, g => Assert.Equal(test.GroupOf(g.Serial.Value), g.Group?.Value ?? 0));
        Assert.Contains(snapshot.Gateways, g => g.State == MemberState.Active && g.Release >= Release.R8120);
        Assert.All(snapshot.Pool, g => Assert.Equal(MemberState.Unassigned, g.State));
        Assert.Empty(snapshot.PendingChanges);
        Assert.All(snapshot.Orchestrators, o => Assert.True(o.Reachable, o.Problem));
        Assert.All(snapshot.Groups, g => Assert.False(g.IsVsx));
        Assert.All(snapshot.Orchestrators, o => Assert.Equal(
            [(SyncPortKind.Site, 100), (SyncPortKind.Internal, 100)],
            o.SyncPorts!.Value.Select(p => (p.Kind, p.Gigabits!.Value))));
    }

    [Fact]
    public async Task Apply_AddMoveRemove_AreDeployedOneAfterTheOther()
    {
        await using var test = await GaiaUnderTest.StartAsync();

        Assert.Equal(ApplyOutcome.Applied, (await test.ApplyAsync(Free, null, One)).Outcome);
        Assert.Equal(1, test.GroupOf(Free));
        Assert.Equal(ApplyOutcome.AlreadyDone, (await test.ApplyAsync(Free, null, One)).Outcome);

        Assert.Equal(ApplyOutcome.Applied, (await test.ApplyAsync(Free, One, Two)).Outcome);
        Assert.Equal(2, test.GroupOf(Free));

        Assert.Equal(ApplyOutcome.Applied, (await test.ApplyAsync(Free, Two, null)).Outcome);
        Assert.Equal(0, test.GroupOf(Free));
        Assert.Empty((await test.ReadAsync()).PendingChanges);
    }

    [Fact]
    public async Task Apply_AsATask_IsFollowed()
    {
        await using var test = await GaiaUnderTest.StartAsync(new() { ApplyAsTask = true, TaskTime = TimeSpan.Zero });

        Assert.Equal(ApplyOutcome.Applied, (await test.ApplyAsync(Free, null, One)).Outcome);
    }

    [Theory]
    [InlineData("show-maestro-gateways")]
    [InlineData(Set)]
    [InlineData(FabricUnderTest.Apply)]
    public async Task Apply_TheSessionEndsInTheMiddle_GoesOn(string command)
    {
        await using var test = await GaiaUnderTest.StartAsync();
        await test.ReadAsync();
        test.Inject(new() { Kind = FaultKind.ExpireSessions });
        test.Inject(new() { Kind = FaultKind.Unauthorized, Command = command, Count = 1 });

        Assert.Equal(ApplyOutcome.Applied, (await test.ApplyAsync(Free, null, One)).Outcome);
    }

    [Theory]
    [InlineData(FaultKind.Down)]
    [InlineData(FaultKind.Html503)]
    [InlineData(FaultKind.Error500)]
    public async Task Apply_OneOrchestratorIsOut_GoesThroughTheOther(FaultKind kind)
    {
        await using var test = await GaiaUnderTest.StartAsync();
        test.Inject(new() { Kind = kind, Orchestrator = "1_1" });

        Assert.Equal(ApplyOutcome.Applied, (await test.ApplyAsync(Free, null, One)).Outcome);
        var orchestrators = (await test.ReadAsync()).Orchestrators;

        Assert.Equal([false, true], orchestrators.Select(o => o.Reachable));
        Assert.NotNull(orchestrators[0].Problem);
    }

    [Fact]
    public async Task Apply_OneOrchestratorRefusesConnections_GoesThroughTheOther()
    {
        await using var test = await GaiaUnderTest.StartAsync();
        await test.ReadAsync();
        await test.First.StopAsync(CancellationToken.None);

        Assert.Equal(ApplyOutcome.Applied, (await test.ApplyAsync(Free, null, One)).Outcome);

        await test.First.StartAsync(CancellationToken.None);
        Assert.All((await test.ReadAsync()).Orchestrators, o => Assert.True(o.Reachable, o.Problem));
    }

    [Fact]
    public async Task Read_ASlowOrchestrator_IsPassedOver()
    {
        await using var test = await GaiaUnderTest.StartAsync(
            configure: (options, _) => options.RequestTimeout = TimeSpan.FromSeconds(2));
        test.Inject(new() { Kind = FaultKind.Slow, Orchestrator = "1_1", DelaySeconds = 30 });

        var snapshot = await test.ReadAsync();

        Assert.NotEmpty(snapshot.Gateways);
        Assert.Contains("within 2 s", snapshot.Orchestrators[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_TheReplyToApplyIsLost_IsFoundInTheTopology()
    {
        await using var test = await GaiaUnderTest.StartAsync();
        test.Inject(new() { Kind = FaultKind.ApplyLost });

        Assert.Equal(ApplyOutcome.Applied, (await test.ApplyAsync(Free, null, One)).Outcome);
        Assert.Equal(1, test.GroupOf(Free));
    }

    [Fact]
    public async Task Apply_BrokenOffBeforeItRan_MayHaveHappenedAndIsFinishedByTheNextCall()
    {
        await using var test = await GaiaUnderTest.StartAsync();
        test.Inject(new() { Kind = FaultKind.Down, Command = FabricUnderTest.Apply, Count = 1 });

        var error = await Assert.ThrowsAsync<GaiaUnconfirmedException>(() => test.ApplyAsync(Free, null, One));

        Assert.True(error.MayHaveHappened);
        Assert.Equal(0, test.GroupOf(Free));
        Assert.Equal(ApplyOutcome.Applied, (await test.ApplyAsync(Free, null, One)).Outcome);
    }

    [Fact]
    public async Task Apply_TheFabricDoesNotTakeIt_IsRefusedWithItsWords()
    {
        await using var test = await GaiaUnderTest.StartAsync();
        test.Inject(new() { Kind = FaultKind.ApplyFails });

        var result = await test.ApplyAsync(Free, null, One);

        Assert.Equal(ApplyOutcome.RefusedByOrchestrator, result.Outcome);
        Assert.Contains("The fabric did not take the topology", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_SomebodyElsesChangeIsStaged_IsRefusedAndLeftAlone()
    {
        await using var test = await GaiaUnderTest.StartAsync();
        var member = (await test.ReadAsync()).MembersOf(Two).First().Serial.Value;
        test.Inject(new() { Kind = FaultKind.ForeignPending, Serial = member, Group = 0 });

        var result = await test.ApplyAsync(Free, null, One);

        Assert.Equal(ApplyOutcome.RefusedForeignPending, result.Outcome);
        Assert.Contains(member, result.Reason, StringComparison.Ordinal);
        Assert.Equal((0, 2), (test.GroupOf(Free), test.GroupOf(member)));
        Assert.Equal(member, Assert.Single((await test.ReadAsync()).PendingChanges).Serial!.Value.Value);
    }

    [Fact]
    public async Task Apply_MovedOutOfBand_IsOutOfDate()
    {
        await using var test = await GaiaUnderTest.StartAsync();
        test.Inject(new() { Kind = FaultKind.OutOfBand, Serial = Free, Group = 2 });

        Assert.Equal(ApplyOutcome.RefusedOutOfDate, (await test.ApplyAsync(Free, null, One)).Outcome);
    }

    [Fact]
    public async Task Read_BothOrchestratorsAreDown_SaysSo()
    {
        await using var test = await GaiaUnderTest.StartAsync();
        test.Inject(new() { Kind = FaultKind.Down });

        var error = await Assert.ThrowsAsync<GaiaUnreachableException>(test.ReadAsync);

        Assert.Contains("Orchestrator 1_1", error.Message, StringComparison.Ordinal);
        Assert.Contains("Orchestrator 2_1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_ThePinnedCertificates_AreTrusted()
    {
        await using var test = await GaiaUnderTest.StartAsync(new() { Https = true }, (options, started) =>
        {
            options.Orchestrators[0].CertificateFingerprint = started.First.CertificateSha256;
            options.Orchestrators[1].CertificateFingerprint = started.Second.CertificateSha256;
        });

        var snapshot = await test.ReadAsync();

        Assert.All(snapshot.Orchestrators, o => Assert.True(o.Reachable, o.Problem));
    }

    [Fact]
    public async Task Tls_AnotherCertificateThanPinned_IsRefusedBeforeAnythingIsSent()
    {
        await using var test = await GaiaUnderTest.StartAsync(
            new() { Https = true }, (options, _) => options.CertificateFingerprint = new('0', 64));
        var before = test.First.Requests;

        var error = await Assert.ThrowsAsync<GaiaUnreachableException>(test.ReadAsync);

        Assert.Contains("certificate is not trusted", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, test.First.Requests);
    }

    [Fact]
    public async Task Tls_ACertificateThatTheSystemDoesNotKnow_IsRefused()
    {
        await using var test = await GaiaUnderTest.StartAsync(new() { Https = true });

        var error = await Assert.ThrowsAsync<GaiaUnreachableException>(test.ReadAsync);

        Assert.Contains("certificate is not trusted", error.Message, StringComparison.Ordinal);
    }
}
