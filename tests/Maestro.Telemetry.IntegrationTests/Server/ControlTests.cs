using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Autoscaling;

namespace Maestro.Telemetry.IntegrationTests.Service;

[Collection(ServerUnderTest.OneAtATime)]
public sealed class ControlTests
{
    private static readonly TimeSpan Patience = ServerUnderTest.Patience;

    [Fact]
    public async Task Status_AfterSamplesAndAPlan_SaysWhatIs()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await server.ExportAsync(ServerUnderTest.Batch(1, 40));
        await server.Get<PlanningCycle>().RunAsync(default).WaitAsync(Patience);

        var status = await server.StatusAsync();

        Assert.Equal(["S1", "S2"], status.Groups.Single().Members);
        Assert.Equal(40, status.Gateways.Single(g => g.Serial == "S1").CpuMeanPercent);
        Assert.Equal(["S3"], status.Sites.Single(s => s.Id == 1).Pool);
        Assert.NotEmpty(status.Groups.Single().ReasonCode);
        Assert.Empty(status.Problems);
        var decisions = await server.Control.ListDecisionsAsync(new ListDecisionsRequest { Group = 1 }).ResponseAsync.WaitAsync(Patience);
        var explanation = await server.Control.ExplainAsync(new ExplainRequest { Group = 1 }).ResponseAsync.WaitAsync(Patience);
        Assert.Equal(decisions.Decisions[0], explanation.Decision);
        Assert.NotEmpty(explanation.Sentences);
        Assert.NotEmpty((await server.Control.PlanAsync(new PlanRequest()).ResponseAsync.WaitAsync(Patience)).Decisions);
    }

    [Fact]
    public async Task Check_AFabricWithAnUnlicensedSgm_SaysSoHereAndInTheStatus()
    {
        await using var server = await ServerUnderTest.StartAsync(
            ("Maestro:Fabric:Gateways:0:Serial", "S3"), ("Maestro:Fabric:Gateways:0:Licensed", "false"));
        await server.Get<PlanningCycle>().RunAsync(default).WaitAsync(Patience);

        var answer = await server.Control.CheckAsync(new CheckRequest()).ResponseAsync.WaitAsync(Patience);

        var error = Assert.Single(answer.Findings, f => f.Severity == "error");
        Assert.Equal(("S26", "SGM S3", true, false), (error.Rule, error.Object, error.StopsGrowth, error.StopsRemoval));
        Assert.NotNull(answer.ReadAt);
        Assert.Contains((await server.StatusAsync()).Problems, p => p.Contains("S26, SGM S3", StringComparison.Ordinal));

        var (code, output, _) = await MaestroProcess.RunAsync(
            ".", Patience * 2, "check", "--server", server.GrpcAddress.ToString());
        Assert.Equal(1, code);
        Assert.Contains("SGM S3", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_AProposedCommand_IsApplied()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await ProposeAsync(server, "c1");
        await AdvanceAsync(server);
        Assert.Null(server.Fabric.GroupOf("S3"));

        var approved = await ApproveAsync(server, "c1");
        Assert.Equal("Approved", approved.State);
        await AdvanceAsync(server);

        Assert.Equal(1, server.Fabric.GroupOf("S3"));
        var commands = await server.Control.ListCommandsAsync(new ListCommandsRequest()).ResponseAsync.WaitAsync(Patience);
        Assert.Equal(["Approved", "Applying", "Applied"], commands.Commands.Single().Steps.Select(s => s.State).TakeLast(3));
        Assert.Equal(StatusCode.FailedPrecondition, await CodeAsync(() => ApproveAsync(server, "c1")));
        Assert.Equal(StatusCode.NotFound, await CodeAsync(() => ApproveAsync(server, "c9")));
    }

    [Fact]
    public async Task Reject_AProposedCommand_IsNeverSent()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await ProposeAsync(server, "c1");

        var rejected = await server.Control.RejectAsync(
            new RejectRequest { CommandId = "c1", Actor = "ana", Reason = "Not now." }).ResponseAsync.WaitAsync(Patience);
        await AdvanceAsync(server);

        Assert.Equal("Rejected", rejected.State);
        Assert.Equal("ana: Rejected: Not now.", rejected.Steps[^1].Note);
        Assert.Null(server.Fabric.GroupOf("S3"));
    }

    [Fact]
    public async Task Pause_HoldsAnApprovedCommandUntilResume()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await ProposeAsync(server, "c1");
        await ApproveAsync(server, "c1");
        var paused = await PauseAsync(server, TimeSpan.FromHours(1).ToDuration());
        Assert.Equal("Freeze.", paused.Pauses.Single().Reason);
        await AdvanceAsync(server);
        Assert.Null(server.Fabric.GroupOf("S3"));
        Assert.True((await server.StatusAsync()).Groups.Single().Paused);

        var resume = new ResumeRequest { Group = 1, Actor = "ana" };
        Assert.Empty((await server.Control.ResumeAsync(resume).ResponseAsync.WaitAsync(Patience)).Pauses);
        await AdvanceAsync(server);

        Assert.Equal(1, server.Fabric.GroupOf("S3"));
        Assert.Equal(StatusCode.NotFound, await CodeAsync(() => server.Control.ResumeAsync(resume).ResponseAsync));
    }

    [Fact]
    public async Task Requests_ThatCannotBeUsed_AreInvalidAndNameTheField()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var control = server.Control;

        Task<StatusCode>[] codes =
        [
            CodeAsync(() => PauseAsync(server, new Duration { Seconds = -1 })),
            CodeAsync(() => PauseAsync(server, new Duration { Seconds = 315_576_000_000 })),
            CodeAsync(() => PauseAsync(server, new Duration { Seconds = long.MaxValue })),
            CodeAsync(() => control.PauseAsync(new PauseRequest { Actor = "ana" }).ResponseAsync),
            CodeAsync(() => control.ApproveAsync(new ApproveRequest { CommandId = "c1" }).ResponseAsync),
            CodeAsync(() => control.ExplainAsync(
                new ExplainRequest { Group = 1, At = new Timestamp { Seconds = long.MaxValue } }).ResponseAsync),
            CodeAsync(() => control.GetForecastAsync(new GetForecastRequest { Group = 1, Resource = "luck" }).ResponseAsync),
        ];

        Assert.All(await Task.WhenAll(codes).WaitAsync(Patience), code => Assert.Equal(StatusCode.InvalidArgument, code));
        Assert.Equal(
            StatusCode.NotFound, await CodeAsync(() => control.ExplainAsync(new ExplainRequest { Group = 7 }).ResponseAsync));
    }

    [Fact]
    public async Task WatchStatus_WithALongInterval_SendsTheFirstAtOnce()
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var call = server.Control.WatchStatus(
            new WatchStatusRequest { Interval = new Duration { Seconds = 315_576_000_000 } });

        Assert.True(await call.ResponseStream.MoveNext(default).WaitAsync(Patience));

        Assert.Equal(3, call.ResponseStream.Current.Gateways.Count);
    }

    [Fact]
    public async Task FabricUnreachable_IsTold_NothingIsPlannedAndItComesBack()
    {
        await using var server = await ServerUnderTest.StartAsync();
        server.Fabric.Problem = "No route to 192.0.2.1.";

        await server.Get<PlanningCycle>().RunAsync(default).WaitAsync(Patience);

        Assert.Contains("No route to 192.0.2.1.", (await server.StatusAsync()).Problems);
        var blind = await server.Control.ListDecisionsAsync(new ListDecisionsRequest()).ResponseAsync.WaitAsync(Patience);
        Assert.NotEmpty(blind.Decisions);
        Assert.All(blind.Decisions, d => Assert.Equal(("Hold", "FABRIC_UNREADABLE"), (d.Action, d.ReasonCode)));
        server.Fabric.Problem = null;
        await server.Get<PlanningCycle>().RunAsync(default).WaitAsync(Patience);
        Assert.Empty((await server.StatusAsync()).Problems);
    }

    [Fact]
    public async Task HealthAndReflection_AreOnTheSamePort()
    {
        await using var server = await ServerUnderTest.StartAsync();

        var health = await new Health.HealthClient(server.Channel)
            .CheckAsync(new HealthCheckRequest()).ResponseAsync.WaitAsync(Patience);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);

        using var call = new ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }).WaitAsync(Patience);
        Assert.True(await call.ResponseStream.MoveNext(default).WaitAsync(Patience));
        var services = call.ResponseStream.Current.ListServicesResponse.Service.Select(s => s.Name).ToList();
        Assert.Contains("maestro.telemetry.v1.TelemetryCollector", services);
        Assert.Contains("maestro.telemetry.v1.AutoscalerControl", services);
        Assert.Contains("grpc.health.v1.Health", services);
    }

    private static async Task ProposeAsync(ServerUnderTest server, string id)
    {
        // Nothing is sent before the first plan: it is what a command is held against.
        await server.Get<PlanningCycle>().RunAsync(default).WaitAsync(Patience);
        var now = TimeProvider.System.GetUtcNow();
        var decision = new DecisionRecord
        {
            Id = "d1",
            Time = now,
            Group = new(1),
            Action = DecisionAction.Add,
            Reason = Maestro.Telemetry.Scaling.ReasonCode.Predicted,
            Sentence = "Demand grows.",
            Members = 2,
            Desired = 3,
            CommittedUnits = 2,
            WantedUnits = 3,
            Binding = "predicted",
        };
        var command = new ScalingCommand
        {
            Id = id,
            Kind = CommandKind.Add,
            Serial = new("S3"),
            Site = new(1),
            To = new(1),
            DecisionId = "d1",
            Reason = "Demand grows.",
            Mode = ScalingMode.Recommend,
            State = CommandState.Proposed,
            CreatedAt = now,
            UpdatedAt = now,
            ExpiresAt = now.AddMinutes(30),
        };
        await server.Get<ILedger>().RecordPlanAsync(
            new ScalingPlan(now, [decision], [command], PlannerMemory.Empty), default);
    }

    private static Task AdvanceAsync(ServerUnderTest server) =>
        server.Get<ScalingExecutor>().AdvanceAsync(default).WaitAsync(Patience);

    private static Task<Command> ApproveAsync(ServerUnderTest server, string id) => server.Control
        .ApproveAsync(new ApproveRequest { CommandId = id, Actor = "ana" }).ResponseAsync.WaitAsync(Patience);

    private static Task<PauseState> PauseAsync(ServerUnderTest server, Duration duration) => server.Control
        .PauseAsync(new PauseRequest { Group = 1, Actor = "ana", Reason = "Freeze.", Duration = duration })
        .ResponseAsync.WaitAsync(Patience);

    private static async Task<StatusCode> CodeAsync<T>(Func<Task<T>> call)
    {
        var e = await Assert.ThrowsAsync<RpcException>(call);
        Assert.NotEmpty(e.Status.Detail);
        return e.StatusCode;
    }
}
