using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling;

public sealed class ScaleInTests
{
    private static readonly SecurityGroupId One = new(1);

    private static Scene Idle(int members = 6, double demand = 1.5, double? forecast = null) =>
        new Scene().Group(1, members, demand, forecast);

    [Fact]
    public void Group_WithASurplusNowForAnHourAndForTwoHoursAhead_FreesItsLastSgm()
    {
        var plan = Idle().Plan();

        var command = Assert.Single(plan.Commands);
        Assert.Equal((CommandKind.Remove, "G1M06"), (command.Kind, command.Serial.Value));
        var decision = Assert.Single(plan.Decisions);
        Assert.Equal((DecisionAction.Remove, ReasonCode.Surplus, 5), (decision.Action, decision.Reason, decision.Desired));
    }

    [Fact]
    public void Peak_WithinTheHorizon_KeepsTheSgm()
    {
        var scene = Idle().Forecasts(1, _ => Scene.Curve(One, t => t < Scene.Noon.AddMinutes(25) ? 1.5 : 4));

        Assert.Equal((DecisionAction.Hold, ReasonCode.WithinDeadband), (scene.Decide().Action, scene.Decide().Reason));
    }

    [Theory]
    [InlineData(0.25, DecisionAction.Remove)]
    [InlineData(2, DecisionAction.Hold)]
    public void Trough_IsUsedWhenItSavesMoreThanTheTwoChangesCost(double switching, DecisionAction action)
    {
        // An SGM that leaves for 100 minutes saves 1.7 unit-hours; to take it out and to bring it back costs two changes.
        var scene = new Scene()
            .Group(1, members: 6, demand: 1.5, policy: p => p with { SwitchingCost = switching })
            .Forecasts(1, _ => Scene.Curve(One, t => t < Scene.Noon.AddMinutes(100) ? 1.5 : 4));

        Assert.Equal(action, scene.Decide().Action);
    }

    [Fact]
    public void Peak_BeforeAnotherSgmCouldServe_KeepsTheSgm()
    {
        // For 15 minutes three would do; the fourth is needed for five minutes then, and could not be back by that time.
        var scene = new Scene()
            .Group(1, members: 4, demand: 1.5, policy: p => p with { SwitchingCost = 0.01, SurviveFailures = 0 })
            .Forecasts(1, _ => Scene.Curve(One, t => t == Scene.Noon.AddMinutes(13) ? 2.65 : 1.5));

        Assert.Equal((DecisionAction.Hold, ReasonCode.WithinDeadband), (scene.Decide().Action, scene.Decide().Reason));
    }

    [Fact]
    public void Peak_InTheLastHour_KeepsTheSgm() =>
        Assert.Equal(ReasonCode.Stabilisation, Idle().Remember(1, 5.5).Decide().Reason);

    [Fact]
    public void Memory_ThatDoesNotReachBackFarEnough_KeepsTheSgm()
    {
        var input = Idle().Input();
        var memory = input.Memory.Groups[1];
        input = input with
        {
            Memory = new PlannerMemory
            {
                Groups = input.Memory.Groups.SetItem(1, memory with { Wanted = [.. memory.Wanted.Skip(117)] }),
            },
        };

        Assert.Equal(ReasonCode.Stabilisation, ScalingPlanner.Plan(input).Decisions[0].Reason);
    }

    [Fact]
    public void RecentChange_KeepsTheSgm()
    {
        var removed = Idle().Pool(1).Command("FREE101", 1, null, CommandState.Verified, Scene.Noon.AddMinutes(-29));
        var added = Idle().Command("G1M05", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-9));
        var settled = Idle().Command("G1M05", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-11));

        Assert.Equal(ReasonCode.Cooldown, removed.Decide().Reason);
        Assert.Equal(ReasonCode.Cooldown, added.Decide().Reason);
        Assert.Equal(DecisionAction.Remove, settled.Decide().Action);
    }

    [Fact]
    public void MemberThatIsNotActive_StopsRemovals()
    {
        var scene = Idle().Gateway("G1M03", g => g with { State = MemberState.Down });

        Assert.Equal(ReasonCode.MemberNotActive, scene.Decide().Reason);
    }

    [Fact]
    public void ChangeInFlight_StopsRemovals()
    {
        var scene = Idle().Pool(1).Command("FREE101", null, 1, CommandState.Applying);

        Assert.Equal((DecisionAction.Hold, ReasonCode.ChangeInFlight), (scene.Decide().Action, scene.Decide().Reason));
    }

    [Fact]
    public void UntrustedForecast_StopsRemovals() =>
        Assert.Equal(
            ReasonCode.ForecastUntrusted,
            new Scene().Group(1, members: 6, demand: 1.5, trusted: false).Decide().Reason);

    [Fact]
    public void ShortForecast_StopsRemovals()
    {
        var scene = Idle().Forecasts(1, f => f with { Marginal = f.Marginal[..40], PathMaximum = f.PathMaximum[..40] });

        Assert.Equal(ReasonCode.ForecastUntrusted, scene.Decide().Reason);
    }

    [Fact]
    public void Removal_ThatWouldBeUndoneSoon_IsNotMade()
    {
        // A trough of two hours is worth an SGM, but one takes two hours to come back: it would be ordered at once.
        var scene = new Scene()
            .Group(1, members: 6, demand: 1.5, policy: p => p with { LeadTime = TimeSpan.FromHours(2) })
            .Forecasts(1, _ => Scene.Curve(One, t => t < Scene.Noon.AddMinutes(115) ? 1.5 : 4));

        Assert.Equal(ReasonCode.FlapProjection, scene.Decide().Reason);
    }

    [Fact]
    public void Removal_AfterWhichALossCouldNotBeSurvivedNow_IsNotMade()
    {
        // The forecast sees no need, but 1.6 busy SGMs now need 1.6 / 0.9 units after losing one of two.
        var scene = new Scene()
            .Group(1, members: 4, demand: 1.6, forecast: 0.4, policy: p => p with { SurviveFailures = 2 });

        Assert.Equal((DecisionAction.Hold, ReasonCode.NPlusF), (scene.Decide().Action, scene.Decide().Reason));
    }

    [Fact]
    public void Minimum_IsKept() =>
        Assert.Equal(
            (DecisionAction.Hold, ReasonCode.WithinDeadband),
            Idle(members: 2, demand: 0.1) is var scene ? (scene.Decide().Action, scene.Decide().Reason) : default);

    [Fact]
    public void Smo_IsNeverTaken()
    {
        var scene = Idle()
            .Gateway("G1M06", g => g with { MemberId = 1 })
            .Gateway("G1M01", g => g with { MemberId = 6 });

        Assert.Equal("G1M01", Assert.Single(scene.Plan().Commands).Serial.Value);
    }

    [Fact]
    public void LargerSite_GivesTheSgm()
    {
        var scene = new Scene().Group(1, members: 7, demand: 1.5, sites: 2);

        // Site 1 has members 1, 3, 5 and 7.
        Assert.Equal("G1M07", Assert.Single(scene.Plan().Commands).Serial.Value);
    }

    [Fact]
    public void OutOfBandChange_IsAdopted_AndNothingIsRemovedForHalfAnHour()
    {
        var scene = Idle().Remember(1, 0, members => members.RemoveAt(0));

        var plan = scene.Plan();

        Assert.Equal(ReasonCode.OutOfBand, plan.Decisions[0].Reason);
        Assert.Equal(Scene.Noon, plan.Memory.Groups[1].OutOfBandAt);
        Assert.Equal(6, plan.Memory.Groups[1].Members.Length);
    }

    [Fact]
    public void ChangeOfOurs_IsNotOutOfBand()
    {
        var scene = Idle()
            .Remember(1, 0, members => members.RemoveAt(0))
            .Command("G1M01", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-40));

        Assert.Equal(DecisionAction.Remove, scene.Decide().Action);
    }

    [Fact]
    public void TwoGroupsOnOneSite_LoseOneSgmPerCycle()
    {
        var scene = Idle().Group(2, members: 6, demand: 1.5);

        var plan = scene.Plan();

        Assert.Equal(1, Assert.Single(plan.Commands).From!.Value.Value);
        Assert.Equal(ReasonCode.ChangeInFlight, plan.Decisions[1].Reason);
    }

    [Fact]
    public void RejectedRemoval_IsNotProposedAgainAtOnce()
    {
        var scene = Idle().Command("G1M06", 1, null, CommandState.Rejected);

        Assert.Equal(ReasonCode.ApprovalRejected, scene.Decide().Reason);
    }
}
