using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Scaling.Learning;

namespace Maestro.Telemetry.Tests.Scaling.Learning;

public sealed class LeadTimeTests
{
    private static readonly ScalingPolicy Policy = new() { Group = new(1), ScaleOutMode = ScalingMode.Enforce };

    [Fact]
    public void NothingLearned_IsThePolicysValue()
    {
        var lead = Of(Policy);

        Assert.Equal(new LeadTime(TimeSpan.FromMinutes(20), null), lead);
    }

    [Fact]
    public void SlowJoins_DrawTheLeadTimeTowardsTheirs()
    {
        // (3 × 20 + 7 × 40) / 10.
        var lead = Of(Policy, Fast("B", "C"), Repeat(7, i => Joins.Verified(40, 0, number: i)));

        Assert.Equal(34, lead.Value.TotalMinutes, 6);
        Assert.Equal("lead time 34 min, learned from 7 joins of model 9300 on site 1 (policy: 20 min)", lead.Note);
    }

    [Fact]
    public void ASiteOfWhichNothingIsKnown_TakesThePolicysValue()
    {
        var lead = Of(Policy, Repeat(50, i => Joins.Verified(5, 0, number: i)));

        Assert.Equal(new LeadTime(TimeSpan.FromMinutes(20), null), lead);
    }

    [Fact]
    public void FastJoinsEverywhere_ShortenIt_ButNotBelowHalf()
    {
        var lead = Of(Policy, Fast("A", "B", "C"));

        Assert.Equal(TimeSpan.FromMinutes(10), lead.Value);
    }

    [Fact]
    public void Approvals_CountInRecommendOnly()
    {
        var commands = Repeat(6, i => Joins.Verified(20, 0, waited: 9, number: i));

        var recommend = Of(Policy with { ScaleOutMode = ScalingMode.Recommend }, commands);

        Assert.Equal(26, recommend.Value.TotalMinutes, 6);
        Assert.Contains("with 6 min for the approval", recommend.Note, StringComparison.Ordinal);
        Assert.Equal(20, Of(Policy, commands).Value.TotalMinutes, 6);
    }

    [Fact]
    public void AnyHistory_StaysBetweenHalfAndFourTimesThePolicy_AndSlowerJoinsNeverShortenIt() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Minutes, byte Days, byte Serial)[]>(),
        history =>
        {
            var commands = history.Select((h, i) =>
                Joins.Verified(h.Minutes, h.Days % 90, ((char)('A' + (h.Serial % 3))).ToString(), number: i)).ToList();
            var slower = history.Select((h, i) =>
                Joins.Verified(h.Minutes + 10, h.Days % 90, ((char)('A' + (h.Serial % 3))).ToString(), number: i));
            var lead = Of(Policy, commands).Value;
            return lead >= Policy.LeadTime / 2 && lead <= Policy.LeadTime * 4 && Of(Policy, slower).Value >= lead;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void SlowFabric_MakesThePlannerOrderEarlier_AndItSaysWhy()
    {
        // Demand rises in 35 minutes: early enough for a join of 20 minutes, too late for one of 40.
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, policy: p => p with { ScaleOutMode = ScalingMode.Enforce })
            .Pool(1)
            .Forecasts(1, f => Scene.Curve(f.Group, t => t < Scene.Noon.AddMinutes(35) ? 2 : 3.4));
        var input = scene.Input();
        var slow = input with
        {
            LeadTimes = TimeLearner.Learn(
                Repeat(14, i => Joins.Verified(40, 0, number: i)), Joins.Fabric, Scene.Noon),
        };

        var before = ScalingPlanner.Plan(input);
        var after = ScalingPlanner.Plan(slow);

        Assert.Equal(DecisionAction.Hold, before.Decisions[0].Action);
        Assert.Equal(DecisionAction.Add, after.Decisions[0].Action);
        Assert.Empty(PlanValidator.Check(slow, after));
        Assert.True(after.Decisions[0].LatestSafeStart < before.Decisions[0].LatestSafeStart);
        var step = Assert.Single(after.Decisions[0].Steps, s => s.Rule == "LEAD_TIME");
        Assert.Equal("lead time 36 min, learned from 14 joins of model 9300 on site 1 (policy: 20 min)", step.Note);
        Assert.DoesNotContain(before.Decisions[0].Steps, s => s.Rule == "LEAD_TIME");
    }

    [Theory]
    [InlineData(0, DecisionAction.MoveIn)]
    [InlineData(1, DecisionAction.Hold)]
    public void WhereOnlyAMoveCanServe_ItIsOrderedAsLongAheadAsMovesTake(int free, DecisionAction action)
    {
        // Demand rises in 40 minutes: early enough for an add of 20 minutes, too late for a move of 56.
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, policy: p => p with { ScaleOutMode = ScalingMode.Enforce })
            .Group(2, members: 8, demand: 2)
            .Pool(free)
            .Forecasts(1, f => Scene.Curve(f.Group, t => t < Scene.Noon.AddMinutes(40) ? 2 : 3.4));
        var input = scene.Input() with
        {
            LeadTimes = TimeLearner.Learn(
                Repeat(27, i => Joins.Verified(60, 0, from: 2, number: i)), Joins.Fabric, Scene.Noon),
        };

        var plan = ScalingPlanner.Plan(input);

        Assert.Equal(action, plan.Decisions[0].Action);
        Assert.Empty(PlanValidator.Check(input, plan));
        if (free == 0)
        {
            var step = Assert.Single(plan.Decisions[0].Steps, s => s.Rule == "LEAD_TIME");
            Assert.Equal("lead time 56 min, learned from 27 moves of model 9300 on site 1 (policy: 20 min)", step.Note);
            Assert.True(plan.Decisions[0].LatestSafeStart < Scene.Noon);
        }
    }

    [Fact]
    public void QuickMoves_AreNotThoughtQuickerThanAdds() => Assert.Equal(
        TimeSpan.FromMinutes(20),
        LeadTime.OfMove(
            TimeLearner.Learn(Repeat(50, i => Joins.Verified(5, 0, from: 2, number: i)), Joins.Fabric, Scene.Noon),
            Policy,
            Joins.Fabric.Gateways).Value);

    [Fact]
    public void GroupOfTheFabric_IsJudgedByTheSiteThatServes()
    {
        var slow = TimeLearner.Learn(Repeat(7, i => Joins.Verified(40, 0, "C", number: i)), Joins.Fabric, Scene.Noon);

        Assert.Equal(34, LeadTime.Of(slow, Policy, Joins.Fabric).Value.TotalMinutes, 6);
        Assert.Equal(20, LeadTime.Of(slow, Policy, Standby(Joins.Fabric)).Value.TotalMinutes);
        Assert.Equal(20, LeadTime.Of(slow, Policy with { Group = new(9) }, Joins.Fabric).Value.TotalMinutes);
    }

    // Site 1 serves, site 2 with its slow joins stands by.
    private static FabricSnapshot Standby(FabricSnapshot fabric) => new(
        fabric.ReadAt, [fabric.Groups[0] with { Mode = ClusteringMode.ActiveStandby }], fabric.Gateways);

    private static LeadTime Of(ScalingPolicy policy, params IEnumerable<ScalingCommand>[] commands) => LeadTime.Of(
        TimeLearner.Learn(commands.SelectMany(c => c), Joins.Fabric, Scene.Noon), policy, Joins.Fabric.Gateways);

    private static IEnumerable<ScalingCommand> Fast(params string[] serials) =>
        serials.SelectMany(s => Repeat(50, i => Joins.Verified(5, 0, s, number: i)));

    private static IEnumerable<ScalingCommand> Repeat(int count, Func<int, ScalingCommand> make) =>
        Enumerable.Range(0, count).Select(make);
}
