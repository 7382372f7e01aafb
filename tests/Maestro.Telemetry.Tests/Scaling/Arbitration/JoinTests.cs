using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Scaling.Learning;
using Maestro.Telemetry.Tests.Scaling.Learning;

namespace Maestro.Telemetry.Tests.Scaling.Arbitration;

/// <summary>An SGM joins group 1, which needs two more; its lead time is 20 minutes.</summary>
public sealed class JoinTests
{
    [Fact]
    public void JoinInTime_DoesNotKeepTheNextSgmOut() =>
        Assert.Equal("FREE102", Assert.Single(Joining(40).Plan().Commands).Serial.Value);

    [Fact]
    public void LateJoin_IsLookedIntoBeforeOthersFollow()
    {
        var decision = Joining(41).Decide();

        Assert.Equal((DecisionAction.Hold, ReasonCode.ChangeInFlight), (decision.Action, decision.Reason));
    }

    [Fact]
    public void Validator_SaysTheSame()
    {
        var plan = Joining(40).Plan();

        Assert.Contains(
            PlanValidator.Check(Joining(41).Input(), plan), f => f.Contains("is in flight", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(40, 0, 70, true)]
    [InlineData(40, 0, 73, false)]
    [InlineData(5, 0, 20, true)]
    [InlineData(5, 0, 21, false)]
    [InlineData(20, 30, 41, false)]
    public void SlowFabric_IsGivenTheTimeThatItsJoinsTook_ForThePlannerAndTheValidatorAlike(
        int joins, int waits, int minutes, bool inTime)
    {
        // 14 joins of 40 minutes are learned as 36; of 5, as 10 at least. How long an approval took says nothing of a join.
        var times = TimeLearner.Learn(
            Enumerable.Range(0, 14).Select(i => Joins.Verified(joins, 0, waited: waits, number: i)), Joins.Fabric, Scene.Noon);
        var input = Joining(minutes).Input() with { LeadTimes = times };

        var plan = ScalingPlanner.Plan(input);

        Assert.Equal(inTime ? 1 : 0, plan.Commands.Length);
        Assert.Empty(PlanValidator.Check(input, plan));
        var early = Joining(1).Input() with { LeadTimes = times };
        var late = PlanValidator.Check(input, ScalingPlanner.Plan(early));
        Assert.Equal(!inTime, late.Any(f => f.Contains("is in flight", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(CommandState.Failed, 1)]
    [InlineData(CommandState.Verified, 0)]
    public void SgmThatDidNotGetIntoService_IsReplaced_AndOneThatOnlyRestartsIsNot(CommandState ended, int adds) =>
        Assert.Equal(adds, Restarting(ended).Plan().Commands.Length);

    [Fact]
    public void SgmThatDidNotGetIntoService_IsMissingAfterItsCommandIsForgotten()
    {
        var failed = ScalingPlanner.Plan(Restarting(CommandState.Failed).Input()).Memory;

        var forgotten = ScalingPlanner.Plan(Restarting(null).Input() with { Memory = failed });
        var later = ScalingPlanner.Plan(Restarting(null).Input() with { Memory = forgotten.Memory });

        Assert.Equal("G1M05", Assert.Single(later.Memory.Groups[1].FailedJoins));
        Assert.Single(later.Commands);
    }

    [Theory]
    [InlineData(MemberState.Active)]
    [InlineData(MemberState.Standby)]
    [InlineData(null)]
    public void SgmThatCameIntoServiceOrLeft_CountsAsJoiningTheNextTime(MemberState? seen)
    {
        var failed = ScalingPlanner.Plan(Restarting(CommandState.Failed).Input()).Memory;
        var well = Restarting(null).Gateway("G1M05", g => seen is { } state
            ? g with { State = state }
            : g with { Group = null, MemberId = null, State = MemberState.Unassigned });

        var after = ScalingPlanner.Plan(well.Input() with { Memory = failed }).Memory;

        Assert.Empty(after.Groups[1].FailedJoins);
        Assert.Empty(ScalingPlanner.Plan(Restarting(null).Input() with { Memory = after }).Commands);
    }

    [Fact]
    public void SgmThatCameIntoServiceLate_OnlyRestarts_WhileItsFailedCommandIsStillKnown()
    {
        var failed = ScalingPlanner.Plan(Restarting(CommandState.Failed).Input()).Memory;
        var well = Restarting(CommandState.Failed).Gateway("G1M05", g => g with { State = MemberState.Active });
        var late = ScalingPlanner.Plan(well.Input() with { Memory = failed }).Memory;

        var restarting = ScalingPlanner.Plan(Restarting(CommandState.Failed).Input() with { Memory = late });

        Assert.Equal("G1M05", Assert.Single(restarting.Memory.Groups[1].LateJoins));
        Assert.Empty(restarting.Memory.Groups[1].FailedJoins);
        Assert.Empty(restarting.Commands);
    }

    [Fact]
    public void SgmWhoseLaterJoinSucceeded_OnlyRestarts()
    {
        var failed = ScalingPlanner.Plan(Restarting(CommandState.Failed).Input()).Memory;

        Assert.Empty(ScalingPlanner.Plan(Restarting(CommandState.Verified).Input() with { Memory = failed }).Commands);
    }

    [Theory]
    [InlineData(CommandState.Approved)]
    [InlineData(CommandState.Applying)]
    public void AddThatIsNotAppliedYet_KeepsTheNextOneOut(CommandState state) =>
        Assert.Empty(Joining(5, state).Plan().Commands);

    [Fact]
    public void AnotherGroup_MayGrowBesideAJoin()
    {
        var scene = Joining(10).Group(2, members: 4, demand: 2, forecast: 3.4);

        Assert.Contains(scene.Plan().Commands, c => c.To?.Value == 2);
    }

    [Fact]
    public void RemovalsAndMoves_WaitForAJoin()
    {
        var scene = new Scene().Group(1, members: 5, demand: 3).Group(2, members: 8, demand: 1.5).Pool(1)
            .Command("FREE101", null, 1, CommandState.Applied, Scene.Noon.AddMinutes(-10));

        var decision = scene.Decide(2);

        Assert.Equal((DecisionAction.Hold, ReasonCode.ChangeInFlight), (decision.Action, decision.Reason));
    }

    private static Scene Restarting(CommandState? ended)
    {
        var scene = new Scene()
            .Group(1, members: 5, demand: 2, forecast: 3.4)
            .Pool(1)
            .Gateway("G1M05", g => g with { State = MemberState.Init });
        return ended is { } state ? scene.Command("G1M05", null, 1, state, Scene.Noon.AddMinutes(-30)) : scene;
    }

    private static Scene Joining(int minutes, CommandState state = CommandState.Applied) => new Scene()
        .Group(1, members: 4, demand: 2, forecast: 4)
        .Pool(3)
        .Command("FREE101", null, 1, state, Scene.Noon.AddMinutes(-minutes));
}
