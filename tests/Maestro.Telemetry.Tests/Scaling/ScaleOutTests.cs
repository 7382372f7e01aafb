using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Scaling;

public sealed class ScaleOutTests
{
    [Fact]
    public void Group_WhoseForecastExceedsItsCapacity_GetsAFreeSgmBeforeTheLoadArrives()
    {
        var scene = new Scene().Group(1, members: 4, demand: 2, forecast: 3.4).Pool(3);

        var plan = scene.Plan();

        var decision = Assert.Single(plan.Decisions);
        Assert.Equal((DecisionAction.Add, ReasonCode.Predicted), (decision.Action, decision.Reason));
        Assert.Equal(5, decision.WantedUnits, 6);
        Assert.Equal("predicted:CpuWork", decision.Binding);
        Assert.Equal(5, decision.Desired);
        var command = Assert.Single(plan.Commands);
        Assert.Equal(
            (CommandKind.Add, "FREE101", CommandState.Proposed),
            (command.Kind, command.Serial.Value, command.State));
        Assert.Equal(decision.Id, command.DecisionId);
    }

    [Fact]
    public void Sentence_OfAnAdd_NamesTheSgmTheNumbersAndTheUnits()
    {
        var decision = new Scene().Group(1, members: 4, demand: 2, forecast: 3.4).Pool(1).Decide();

        Assert.Equal(
            "SG 1 (group-1) gets the free SGM FREE101 on site 1: it needs 5.0 units for the forecast 3.40 busy SGMs of "
            + "CPU work (95 % quantile at 11:58 UTC, at 70 % of capacity) and has 4.0; "
            + "to be in time it should have started by 11:36 UTC, 24 min ago.",
            decision.Sentence);
    }

    [Fact]
    public void Group_WithinTheDeadBand_StaysAsItIs()
    {
        var decision = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 4.1 * 0.7, policy: p => p with { SurviveFailures = 0 })
            .Pool(3)
            .Decide();

        Assert.Equal((DecisionAction.Hold, ReasonCode.WithinDeadband), (decision.Action, decision.Reason));
        Assert.Equal(4, decision.Desired);
    }

    [Fact]
    public void Group_AboveItsHardLimitNow_IsNotHeldByTheDeadBand()
    {
        // 4.1 units are wanted at a target of 85 %: within the dead band of 0.15, but above the hard limit of 80 %.
        var scene = new Scene()
            .Group(
                1,
                members: 4,
                demand: 4.1 * 0.85,
                forecast: 1,
                policy: p => p with { TargetUtilization = 0.85, HardUtilization = 0.80 })
            .Pool(1);

        Assert.Equal((DecisionAction.Add, ReasonCode.Reactive), (scene.Decide().Action, scene.Decide().Reason));
    }

    [Fact]
    public void Group_WithoutATrustedForecast_FollowsTheDemandNow()
    {
        var scene = new Scene().Group(1, members: 4, demand: 3.2, forecast: 9, trusted: false).Pool(3);

        var decision = scene.Decide();

        Assert.Equal("reactive:CpuWork", decision.Binding);
        Assert.Equal(3.2 / 0.7, decision.WantedUnits, 6);
        Assert.Null(decision.ForecastModel);
    }

    [Theory]
    [InlineData(29, "predicted:CpuWork")]
    [InlineData(31, "reactive:CpuWork")]
    public void Forecast_OlderThanHalfAnHour_IsNotUsed(int minutes, string binding)
    {
        var scene = new Scene()
            .Group(1, members: 8, demand: 3, forecast: 5)
            .Forecasts(1, f => f with { IssuedAt = Scene.Noon.AddMinutes(-minutes) });

        Assert.Equal(binding, scene.Decide().Binding);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void Forecast_WithAValueThatIsNoDemand_IsNotUsed(double value)
    {
        var scene = new Scene()
            .Group(1, members: 8, demand: 3, forecast: 5)
            .Forecasts(1, f => f with { Marginal = f.Marginal.ToArray().Select((v, i) => i == 7 ? value : v).ToArray() });

        Assert.Equal("reactive:CpuWork", scene.Decide().Binding);
    }

    [Fact]
    public void SmallGroup_ThatWouldNotSurviveALoss_GetsAnotherSgm()
    {
        // 1.3 busy SGMs: 1.86 units at target, but 1 + 1.3 / 0.9 = 2.44 to survive the loss of one.
        var decision = new Scene().Group(1, members: 2, demand: 1.3).Pool(1).Decide();

        Assert.Equal((DecisionAction.Add, ReasonCode.NPlusF), (decision.Action, decision.Reason));
        Assert.Equal(1 + (1.3 / 0.9), decision.Terms.Single(term => term.Source == "survive").Units, 6);
        Assert.Equal(3, decision.WantedUnits, 6);
    }

    [Fact]
    public void MixedGroup_IsSizedByTheWeightOfItsModels_AndLosesTheHeaviest()
    {
        var scene = new Scene()
            .Group(1, members: 3, demand: 0.5)
            .Gateway("G1M01", g => g with { Model = new ApplianceModel("29200", 64, 4) });

        var decision = scene.Decide();

        Assert.Equal(6, decision.CommittedUnits);
        var survive = decision.Terms.Single(t => t.Source == "survive");
        Assert.Equal(4 + (0.5 / 0.9), survive.Units, 6);
    }

    [Fact]
    public void GroupBelowItsMinimum_IsFilledUp_WithoutTelemetry()
    {
        var scene = new Scene().Group(1, members: 1, demand: 0.2).Pool(2).Telemetry(1, _ => null);

        var decision = scene.Decide();

        Assert.Equal((DecisionAction.Add, ReasonCode.GroupMin), (decision.Action, decision.Reason));
    }

    [Fact]
    public void LargeNeed_IsMetAtMostTwoSgmsAtATime()
    {
        var plan = new Scene().Group(1, members: 4, demand: 2, forecast: 6).Pool(9).Plan();

        Assert.Equal(2, plan.Commands.Length);
        Assert.Equal(6, plan.Decisions[0].Desired);
        Assert.Contains(plan.Decisions[0].Steps, s => s.Rule == "MAX_ADDS");
    }

    [Fact]
    public void Adds_KeepSitesSymmetric()
    {
        var plan = new Scene().Group(1, members: 4, demand: 2, forecast: 6, sites: 2).Pool(3).Pool(3, site: 2).Plan();

        Assert.Equal([1, 2], plan.Commands.Select(c => c.Site.Value).Order());
    }

    [Fact]
    public void Pool_SgmsThatDoNotFit_AreNamedWithTheReason()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4)
            .Pool(1, release: "R81.20", prefix: "OLD")
            .Pool(1, licensed: false, prefix: "NOLIC")
            .Pool(1, site: 2, prefix: "FAR")
            .Pool(1, prefix: "DOWN")
            .Gateway("DOWN101", g => g with { State = MemberState.Down });

        var decision = scene.Decide();

        Assert.Equal((DecisionAction.Hold, ReasonCode.PoolEmpty), (decision.Action, decision.Reason));
        Assert.Contains("Not SGM OLD101: it runs R81.20, the group R82.", decision.Alternatives);
        Assert.Contains("Not SGM NOLIC101: it has no valid licence.", decision.Alternatives);
        Assert.Contains("Not SGM DOWN101: it is Down, not unassigned.", decision.Alternatives);
        Assert.DoesNotContain(decision.Alternatives, a => a.Contains("FAR", StringComparison.Ordinal));
    }

    [Fact]
    public void SameModel_IsPreferred()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4)
            .Pool(2)
            .Gateway("FREE101", g => g with { Model = new ApplianceModel("16200", 48, 2) });

        Assert.Equal("FREE102", Assert.Single(scene.Plan().Commands).Serial.Value);
    }

    [Fact]
    public void SiteCap_IsNeverCrossed()
    {
        var scene = new Scene { Limits = new FabricLimits { MaxMembersPerSite = 4 } }
            .Group(1, members: 4, demand: 2, forecast: 6)
            .Pool(3);

        Assert.Equal(ReasonCode.SiteCap, scene.Decide().Reason);
    }

    [Fact]
    public void Maximum_IsNeverCrossed()
    {
        var scene = new Scene().Group(1, members: 4, demand: 2, forecast: 6, policy: p => p with { Maximum = 4 }).Pool(3);

        Assert.Equal(ReasonCode.GroupMax, scene.Decide().Reason);
    }

    [Fact]
    public void SgmOnItsWay_CountsAsCapacity()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4)
            .Pool(3)
            .Command("FREE101", null, 1, CommandState.Applied);

        var decision = scene.Decide();

        Assert.Equal((DecisionAction.Hold, ReasonCode.ChangeInFlight), (decision.Action, decision.Reason));
        Assert.Equal(5, decision.CommittedUnits);
    }

    [Fact]
    public void Proposal_IsNotMadeTwice_AndIsNoCapacity()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4)
            .Pool(3)
            .Command("FREE101", null, 1, CommandState.Proposed);

        var decision = scene.Decide();

        Assert.Equal((DecisionAction.Hold, ReasonCode.ApprovalWait), (decision.Action, decision.Reason));
        Assert.Equal(4, decision.CommittedUnits);
    }

    [Fact]
    public void Site_WithAChangeInFlight_GetsNoOther()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4)
            .Group(2, members: 4, demand: 2)
            .Pool(3)
            .Command("FREE101", null, 2, CommandState.Approved);

        Assert.Equal((DecisionAction.Hold, ReasonCode.ChangeInFlight), (scene.Decide().Action, scene.Decide().Reason));
    }

    [Fact]
    public void RejectedAdd_IsNotProposedAgainAtOnce()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4)
            .Pool(3)
            .Command("FREE101", null, 1, CommandState.Rejected);

        Assert.Equal(ReasonCode.ApprovalRejected, scene.Decide().Reason);
    }

    [Theory]
    [InlineData(4, 3.7)]
    [InlineData(1, 0.2)]
    public void RejectedAdd_OfAnOverloadedGroupOrBelowItsMinimum_IsProposedAgain(int members, double demand)
    {
        var scene = new Scene()
            .Group(1, members: members, demand: demand, forecast: demand)
            .Pool(3)
            .Command("FREE101", null, 1, CommandState.Rejected);

        Assert.Equal(DecisionAction.Add, scene.Decide().Action);
    }

    [Fact]
    public void SgmWhoseLastCommandFailed_IsLeftAlone()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4)
            .Pool(2)
            .Command("FREE101", null, 1, CommandState.Failed);

        Assert.Equal("FREE102", Assert.Single(scene.Plan().Commands).Serial.Value);
    }

    [Fact]
    public void ThroughputTerm_AsksForUnitsByTheCapacityOfAUnit()
    {
        var input = new Scene().Group(1, members: 4, demand: 2).Pool(3).Input();
        input = input with
        {
            UnitCapacity = input.UnitCapacity.Add(Resource.BitsPerSecond, 10e9),
            Telemetry = [input.Telemetry[0] with { Demand = input.Telemetry[0].Demand.Add(Resource.BitsPerSecond, 35e9) }],
        };

        var decision = Assert.Single(ScalingPlanner.Plan(input).Decisions);

        Assert.Equal("reactive:BitsPerSecond", decision.Binding);
        Assert.Equal(35 / 10.0 / 0.7, decision.WantedUnits, 6);
        Assert.Contains("35.00 Gbit/s", decision.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void LatestSafeStart_IsTheCrossingLessTheLeadTimeAndTwoPeriods()
    {
        var group = new SecurityGroupId(1);
        var scene = new Scene()
            .Group(1, members: 4, demand: 2)
            .Forecasts(1, _ => Scene.Curve(group, t => t < Scene.Noon.AddMinutes(90) ? 2 : 4));

        var decision = scene.Decide();

        // The interval from 13:33 is the first whose demand is 4.
        Assert.Equal(Scene.Noon.AddMinutes(93 - 22), decision.LatestSafeStart);
        Assert.Equal(DecisionAction.Hold, decision.Action);
    }

    [Fact]
    public void ActiveStandbyGroup_CountsOnlyTheSiteThatServes()
    {
        var scene = new Scene()
            .Group(1, members: 8, demand: 2, forecast: 3.4, sites: 2, mode: ClusteringMode.ActiveStandby)
            .Pool(2)
            .Pool(2, site: 2);
        foreach (var standby in new[] { "G1M02", "G1M04", "G1M06", "G1M08" })
        {
            scene.Gateway(standby, g => g with { State = MemberState.Standby });
        }

        var plan = scene.Plan();

        Assert.Equal(4, plan.Decisions[0].CommittedUnits);
        Assert.Equal(1, Assert.Single(plan.Commands).Site.Value);
    }
}
