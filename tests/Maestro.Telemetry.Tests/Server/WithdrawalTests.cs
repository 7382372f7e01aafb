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

/// <summary>A removal that was not sent yet is called off when the group needs the SGM again.</summary>
public sealed class WithdrawalTests : IDisposable
{
    private readonly ManualTimeProvider _time = new(Given.Noon);
    private readonly FakeLedger _ledger = new();
    private readonly FakeController _controller = new();
    private readonly PlanBoard _board = new();
    private readonly FabricState _fabric;
    private readonly FabricOptions _options = new();
    private ScalingExecutor? _executor;

    public WithdrawalTests()
    {
        _fabric = new FabricState(_time);
        _options.Groups.Add(new GroupOptions { Id = 1, ScaleOut = ScalingMode.Enforce, ScaleIn = ScalingMode.Enforce });
        _fabric.Set(Given.Fabric(
            Given.Noon, Given.Gateway("M1", 1), Given.Gateway("M2", 1), Given.Gateway("M3", 1), Given.Gateway("M4", 1)));
    }

    [Theory]
    [InlineData(CommandState.Proposed)]
    [InlineData(CommandState.Approved)]
    public async Task Withdraw_ACommandThatWasNotSent_EndsItWithANote_AndNobodyIsCalled(CommandState state)
    {
        _ledger.With(Removal(state));

        await WithdrawAsync("c1");
        await Executor().AdvanceAsync(CancellationToken.None).WaitAsync(Given.Patience);

        Assert.Equal(CommandState.Expired, _ledger["c1"].State);
        Assert.Equal(
            new CommandStep(Given.Noon, CommandState.Expired, ScalingExecutor.Actor, "The planner calls it off: the group needs it again."),
            Assert.Single(_ledger["c1"].Steps));
        Assert.Empty(_controller.Applied);
    }

    [Theory]
    [InlineData(CommandState.Applying)]
    [InlineData(CommandState.Applied)]
    [InlineData(CommandState.Verified)]
    [InlineData(CommandState.Rejected)]
    public async Task Withdraw_ACommandThatWasSentOrHasEnded_LeavesItAsItIs(CommandState state)
    {
        _ledger.With(Removal(state));

        await WithdrawAsync("c1");

        Assert.Equal(state, _ledger["c1"].State);
        Assert.Empty(_ledger["c1"].Steps);
    }

    [Fact]
    public async Task Withdraw_EndsOnlyWhatIsNamed()
    {
        _ledger.With(Removal(CommandState.Approved), Removal(CommandState.Approved) with { Id = "c2", Serial = new("M3") });

        await WithdrawAsync("c2", "unknown");

        Assert.Equal((CommandState.Approved, CommandState.Expired), (_ledger["c1"].State, _ledger["c2"].State));
    }

    [Fact]
    public async Task Withdraw_AfterARestart_IsDoneByTheNextPlanBeforeAnythingIsSent()
    {
        _ledger.With(Removal(CommandState.Approved));

        // The service stopped between the plan and its withdrawals: until the next plan nothing is sent.
        await Executor().AdvanceAsync(CancellationToken.None).WaitAsync(Given.Patience);
        Assert.Equal(CommandState.Approved, _ledger["c1"].State);

        await WithdrawAsync("c1");

        Assert.Equal(CommandState.Expired, _ledger["c1"].State);
        Assert.Empty(_controller.Applied);
    }

    [Fact]
    public void Admit_KeepsWhatIsCalledOff() =>
        Assert.Equal(
            ["c1"],
            CommandGate.Admit(new ScalingPlan(Given.Noon, [], [], PlannerMemory.Empty) { Withdrawals = [new("c1", ReasonCode.RemovalRecalled, "why")] }).Withdrawn
                .AsEnumerable());

    public void Dispose() => _executor?.Dispose();

    private static ScalingCommand Removal(CommandState state) =>
        Given.Command("c1", state, serial: "M4", from: 1, to: null);

    private Task WithdrawAsync(params string[] ids) =>
        Executor().WithdrawAsync(
            [.. ids.Select(id => new Withdrawal(id, ReasonCode.RemovalRecalled, "the group needs it again"))],
            CancellationToken.None).WaitAsync(Given.Patience);

    // A new one each time: all it knows is in the ledger.
    private ScalingExecutor Executor()
    {
        Dispose();
        return _executor = new(
            _ledger,
            _controller,
            new PolicyCatalogue(Options.Create(_options)),
            new CommandRecheck(_board, _fabric),
            new CommandCounters(Given.Meters()),
            _fabric,
            Options.Create(new AutoscalerOptions()),
            _time,
            NullLogger<ScalingExecutor>.Instance);
    }
}
