using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

public sealed class ScalingExecutorTests : IDisposable
{
    private readonly ManualTimeProvider _time = new(Given.Noon);
    private readonly FakeLedger _ledger = new();
    private readonly FakeController _controller = new();
    private readonly CommandCounters _counters = new(Given.Meters());
    private readonly FabricState _fabric;
    private readonly FabricOptions _options = new();
    private readonly PlanBoard _board = new();
    private ScalingExecutor? _executor;

    public ScalingExecutorTests()
    {
        _fabric = new FabricState(_time);
        _options.Groups.Add(new GroupOptions { Id = 1, ScaleOut = ScalingMode.Enforce, ScaleIn = ScalingMode.Enforce });
        _fabric.Set(Given.Fabric(
            Given.Noon,
            Given.Gateway("M1", 1),
            Given.Gateway("M2", 1, site: 2),
            Given.Gateway("S1", null, MemberState.Unassigned),
            Given.Gateway("S2", null, MemberState.Unassigned),
            Given.Gateway("S3", null, MemberState.Unassigned, site: 2)));
        SetPlanned(maximum: 14);
    }

    [Fact]
    public async Task Advance_Approved_IsAppliedAndFollowedUntilActive()
    {
        _ledger.With(Given.Command());

        await AdvanceAsync();
        Assert.Equal(CommandState.Applied, _ledger["c1"].State);
        await AdvanceAsync(TimeSpan.FromMinutes(4), Given.Gateway("S1", 1, MemberState.Init));
        Assert.Equal(CommandState.Applied, _ledger["c1"].State);
        await AdvanceAsync(TimeSpan.FromMinutes(4), Given.Gateway("S1", 1));

        Assert.Equal(CommandState.Verified, _ledger["c1"].State);
        Assert.Equal([new MembershipChange(new("S1"), null, new SecurityGroupId(1))], _controller.Applied);
        Assert.Equal(
            [CommandState.Applying, CommandState.Applied, CommandState.Verified],
            _ledger["c1"].Steps.Select(s => s.State));
        Assert.Equal((1, 0), (_counters.Add, _counters.Failed));
    }

    [Fact]
    public async Task Advance_ApprovedButTheGroupIsFullByNow_ExpiresAndCallsNobody()
    {
        SetPlanned(maximum: 1);
        _ledger.With(Given.Command());

        await AdvanceAsync(
            TimeSpan.FromMinutes(1), Given.Gateway("S1", null, MemberState.Unassigned), Given.Gateway("S2", 1));

        Assert.Empty(_controller.Applied);
        Assert.Equal(CommandState.Expired, _ledger["c1"].State);
    }

    [Theory]
    [InlineData(CommandState.Proposed, ScalingMode.Recommend)]
    [InlineData(CommandState.Approved, ScalingMode.Observe)]
    [InlineData(CommandState.Applying, ScalingMode.Observe)]
    public async Task Advance_NotApprovedOrObserve_CallsNobody(CommandState state, ScalingMode mode)
    {
        _options.Groups[0].ScaleOut = mode;
        _ledger.With(Given.Command(state: state));

        await AdvanceAsync();

        Assert.Empty(_controller.Applied);
        Assert.Equal(state, _ledger["c1"].State);
    }

    [Fact]
    public async Task Advance_SeveralOnOneSite_OneIsInFlight()
    {
        _ledger.With(Given.Command("c1"), Given.Command("c2", serial: "S2"), Given.Command("c3", serial: "S3", site: 2));

        await AdvanceAsync();
        Assert.Equal(["S1", "S3"], _controller.Applied.Select(c => c.Serial.Value));
        await AdvanceAsync(
            TimeSpan.FromMinutes(1),
            Given.Gateway("S1", 1),
            Given.Gateway("S2", null, MemberState.Unassigned),
            Given.Gateway("S3", null, MemberState.Unassigned, 2));

        Assert.Equal(["S1", "S3", "S2"], _controller.Applied.Select(c => c.Serial.Value));
    }

    [Fact]
    public async Task Advance_NoAnswerAndItMayHaveHappened_StaysApplyingAndIsFinished()
    {
        _ledger.With(Given.Command());
        _controller.OnApply = _ => throw new FabricControllerException("Timed out.", mayHaveHappened: true);

        await AdvanceAsync();
        Assert.Equal(CommandState.Applying, _ledger["c1"].State);
        _controller.OnApply = _ => new ApplyResult(ApplyOutcome.AlreadyDone, "It was there.");
        await AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(CommandState.Applied, _ledger["c1"].State);
        Assert.Equal(1, _counters.Add);
        Assert.Equal(0, _counters.Failed);
    }

    [Fact]
    public async Task Advance_NoAnswerAndItDidNotHappen_IsTriedAgainUntilItExpires()
    {
        _ledger.With(Given.Command());
        _controller.OnApply = _ => throw new FabricControllerException("No route.");

        await AdvanceAsync();
        Assert.Equal(CommandState.Approved, _ledger["c1"].State);
        Assert.Contains("No route.", _ledger["c1"].Steps[^1].Note, StringComparison.Ordinal);
        await AdvanceAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(CommandState.Expired, _ledger["c1"].State);
        Assert.Single(_controller.Applied);
    }

    [Fact]
    public async Task Advance_CutShortAndTheRulesForbidItByNow_IsNotFinished()
    {
        _ledger.With(Given.Command(state: CommandState.Applying));
        SetPlanned(maximum: 2);

        await AdvanceAsync();

        Assert.Empty(_controller.Applied);
        Assert.Equal(CommandState.Expired, _ledger["c1"].State);
    }

    [Fact]
    public async Task Advance_NeverConfirmed_EndsAsFailed()
    {
        _ledger.With(Given.Command());
        _controller.OnApply = _ => throw new FabricControllerException("Timed out.", mayHaveHappened: true);

        await AdvanceAsync();
        await AdvanceAsync(TimeSpan.FromMinutes(91), Given.Gateway("M1", 1), Given.Gateway("S1", null, MemberState.Unassigned));

        Assert.Equal(CommandState.Failed, _ledger["c1"].State);
    }

    [Fact]
    public async Task Advance_NothingPlannedSinceTheStart_Waits()
    {
        _ledger.With(Given.Command());
        using var fresh = Executor(new PlanBoard());

        await fresh.AdvanceAsync(CancellationToken.None).WaitAsync(Given.Patience);

        Assert.Empty(_controller.Applied);
        Assert.Equal(CommandState.Approved, _ledger["c1"].State);
    }

    [Fact]
    public async Task Advance_PlannedToActButThePolicyRecommendsByNow_CallsNobody()
    {
        _options.Groups[0].ScaleOut = ScalingMode.Recommend;
        _ledger.With(Given.Command());

        await AdvanceAsync();

        Assert.Empty(_controller.Applied);
    }

    [Theory]
    [InlineData(ApplyOutcome.RefusedByOrchestrator)]
    [InlineData(ApplyOutcome.RefusedOutOfDate)]
    public async Task Advance_Refused_HasFailedWithTheReason(ApplyOutcome outcome)
    {
        _ledger.With(Given.Command());
        _controller.OnApply = _ => new ApplyResult(outcome, "The licence is missing.");

        await AdvanceAsync();
        await AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(CommandState.Failed, _ledger["c1"].State);
        Assert.Equal("The licence is missing.", _ledger["c1"].Steps[^1].Note);
        Assert.Single(_controller.Applied);
        Assert.Equal(1, _counters.Failed);
    }

    [Fact]
    public async Task Advance_ForeignPending_StaysApprovedUntilItExpires()
    {
        _ledger.With(Given.Command());
        _controller.OnApply = _ => new ApplyResult(ApplyOutcome.RefusedForeignPending, "Somebody staged a change.");

        await AdvanceAsync();
        Assert.Equal(CommandState.Approved, _ledger["c1"].State);
        await AdvanceAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(CommandState.Expired, _ledger["c1"].State);
    }

    [Fact]
    public async Task Advance_Paused_HoldsAndGoesOnAfterResume()
    {
        _ledger.With(Given.Command());
        await _ledger.PauseAsync(new PauseRecord(new(1), "ana", "Change freeze.", Given.Noon, null), default);

        await AdvanceAsync();
        Assert.Empty(_controller.Applied);
        await _ledger.ResumeAsync(new PauseScope(new SecurityGroupId(1)), "ana", Given.Noon, default);
        await AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Single(_controller.Applied);
    }

    [Theory]
    [InlineData(CommandState.Applying, 1)]
    [InlineData(CommandState.Applied, 0)]
    public async Task Advance_AfterARestart_ContinuesFromTheLedger(CommandState state, int calls)
    {
        _ledger.With(Given.Command(state: state));
        _controller.OnApply = _ => new ApplyResult(ApplyOutcome.AlreadyDone, "It was there.");

        await AdvanceAsync();
        await AdvanceAsync(TimeSpan.FromMinutes(5), Given.Gateway("S1", 1));

        Assert.Equal(calls, _controller.Applied.Count);
        Assert.Equal(CommandState.Verified, _ledger["c1"].State);
    }

    [Fact]
    public async Task Advance_LedgerBroken_SendsNothingAndGoesOnLater()
    {
        _ledger.With(Given.Command());
        _ledger.Broken = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => AdvanceAsync());
        Assert.Empty(_controller.Applied);
        _ledger.Broken = false;
        await AdvanceAsync();

        Assert.Equal(CommandState.Applied, _ledger["c1"].State);
    }

    [Fact]
    public async Task FollowUpJob_LedgerBrokenOrFabricUnreachable_DoesNotThrow()
    {
        _ledger.Broken = true;
        _controller.OnRead = () => throw new FabricControllerException("No route.");
        var options = Options.Create(_options);
        var reader = new FabricReader(
            _controller, _fabric, new BreachMonitor(options), options, NullLogger<FabricReader>.Instance);
        var job = new FollowUpJob(reader, _executor = Executor(_board), NullLogger<FollowUpJob>.Instance);

        await job.Execute(null!, CancellationToken.None);

        Assert.Equal("No route.", _fabric.Problem);
    }

    [Fact]
    public async Task Advance_PauseOfTheLastPlanHasEnded_SendsIt()
    {
        SetPlanned(maximum: 4, new PauseRecord(new(1), "ana", "Change freeze.", Given.Noon, null));
        _ledger.With(Given.Command());

        await AdvanceAsync(
            TimeSpan.FromMinutes(1), Given.Gateway("S1", null, MemberState.Unassigned), Given.Gateway("S2", 1));

        Assert.Equal(CommandState.Applied, _ledger["c1"].State);
    }

    [Fact]
    public async Task Advance_TwoApprovedAndRoomForOne_SendsOne()
    {
        SetPlanned(maximum: 2);
        _ledger.With(Given.Command("c1", serial: "S1", site: 1), Given.Command("c2", serial: "S2", site: 2));

        await AdvanceAsync(
            TimeSpan.FromMinutes(1),
            Given.Gateway("S1", null, MemberState.Unassigned),
            Given.Gateway("S2", null, MemberState.Unassigned, site: 2),
            Given.Gateway("S3", 1));

        Assert.Equal(["S1"], _controller.Applied.Select(c => c.Serial.Value));
        Assert.Equal(CommandState.Expired, _ledger["c2"].State);
    }

    [Fact]
    public async Task Advance_SomebodyHasStagedAChange_WaitsAndGoesOnAfterIt()
    {
        SetPlanned(maximum: 4);
        _ledger.With(Given.Command());
        _controller.OnApply = _ => new ApplyResult(ApplyOutcome.RefusedForeignPending, "Somebody staged a change.");
        var free = Given.Gateway("S1", null, MemberState.Unassigned);
        var member = Given.Gateway("S2", 1);
        _fabric.Set(new FabricSnapshot(
            Given.Noon,
            [new SecurityGroup { Id = new(1), Name = "SG-1" }],
            [free, member],
            pendingChanges: [new PendingChange(new("S2"), new(1), null, "S2 leaves group 1.")]));

        await AdvanceAsync();
        Assert.Equal(CommandState.Approved, _ledger["c1"].State);
        _controller.OnApply = _ => new ApplyResult(ApplyOutcome.Applied, "Done.");
        await AdvanceAsync(TimeSpan.FromMinutes(1), free, member);

        Assert.Equal(CommandState.Applied, _ledger["c1"].State);
    }

    public void Dispose() => _executor?.Dispose();

    private void SetPlanned(int maximum, params PauseRecord[] pauses) => _board.Set(
        new PlannerInput
        {
            Now = Given.Noon,
            Fabric = FabricSnapshot.Empty,
            Limits = new FabricLimits(),
            Policies = [Given.Policy() with { Minimum = 1, Maximum = maximum }],
            Telemetry = [],
            Pauses = [.. pauses],
        },
        new ScalingPlan(Given.Noon, [], [], PlannerMemory.Empty));

    private async Task AdvanceAsync(TimeSpan later = default, params Gateway[] gateways)
    {
        _time.Advance(later);
        if (gateways.Length > 0)
        {
            _fabric.Set(Given.Fabric(_time.GetUtcNow(), gateways));
        }

        // A new one each time: all it knows is in the ledger.
        Dispose();
        _executor = Executor(_board);
        await _executor.AdvanceAsync(CancellationToken.None).WaitAsync(Given.Patience);
    }

    private ScalingExecutor Executor(PlanBoard board) => new(
        _ledger,
        _controller,
        new PolicyCatalogue(Options.Create(_options)),
        new CommandRecheck(board, _fabric),
        _counters,
        _fabric,
        Options.Create(new AutoscalerOptions()),
        _time,
        NullLogger<ScalingExecutor>.Instance);
}
