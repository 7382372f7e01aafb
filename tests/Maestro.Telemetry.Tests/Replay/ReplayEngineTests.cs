using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Replay.Baselines;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Replay;

public sealed class ReplayEngineTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Ratio_ARise_IsServedAfterTheLeadTime()
    {
        var scenario = Traces.Scenario([0.6, 0.6, 2.2, 2.2, 2.2, 2.2, 2.2], leadSteps: 3);

        var track = Run(scenario, new RuleContestant("hpa", _ => new RatioRule(0.64, Hour)));

        Assert.Equal([0, 1, 1, 1, 1, 4, 4], track.Serving);
        Assert.Equal(3, track.Changes.Count);
        Assert.All(track.Changes, static c => Assert.Equal((2, true, 5), (c.Step, c.Adds, c.ServesFrom)));
    }

    [Fact]
    public void Ratio_WithinATenthOfTheTarget_DoesNothing()
    {
        var scenario = Traces.Scenario([1.28, 1.28, 1.36, 1.2, 1.4, 1.16]);

        var track = Run(scenario, new RuleContestant("hpa", _ => new RatioRule(0.64, TimeSpan.FromMinutes(5))));

        Assert.Empty(track.Changes);
    }

    [Fact]
    public void Ratio_AFall_IsFollowedAfterTheStabilization()
    {
        var work = Enumerable.Repeat(4.0, 3).Concat(Enumerable.Repeat(0.5, 20)).ToArray();

        var track = Run(Traces.Scenario(work), new RuleContestant("hpa", _ => new RatioRule(0.64, Hour)));

        Assert.Equal(14, Array.FindIndex(track.Serving, 4, static units => units == 1) - 1);
    }

    [Fact]
    public void CloudGuard_MovesByOne_AndWaitsInBetween()
    {
        var work = Enumerable.Repeat(3.9, 12).ToArray();
        var scenario = Traces.Scenario(work, leadSteps: 1);
        scenario = scenario with { Groups = [scenario.Groups[0] with { InitialUnits = 2 }] };

        var track = Run(scenario, new RuleContestant("cloudguard", _ => ThresholdRule.CloudGuard()));

        Assert.Equal([0, 2, 3, 3, 4, 4, 5, 5, 5, 5, 5, 5], track.Serving);
    }

    [Fact]
    public void StaticMaximum_IsTheHistorysBusiestSample()
    {
        var track = Run(
            Traces.Scenario([0.5, 3.1, 0.5, 0.5, 9, 0.5], first: 3, leadSteps: 1),
            new RuleContestant("static", _ => new FixedRule(0.8)));

        Assert.Equal([0, 0, 0, 1, 4, 4], track.Serving);
    }

    [Fact]
    public void Planner_ThatKnowsTheFuture_IsNeverShort_AndFollowsTheDayDown()
    {
        // Below the hard limit, so that the dead band of an add stays within it.
        var scenario = Traces.Scenario(Traces.Days(4), first: 288, policy: p => p with { TargetUtilization = 0.65 });

        var track = Run(scenario, new PlannerContestant("planner"), new Traces.Seer(scenario));

        var demand = RequiredUnits.Of(scenario.Groups[0].Demand.Values.Span, 0.8);
        var metrics = new ElasticityMeter(demand, 288, Traces.Step).Measure(track, null);
        Assert.Equal(0, metrics.UnderProvisionedPercent);
        Assert.InRange(metrics.UnitHoursVsOracle1, 1, 1.6);
        Assert.Equal(0, track.Refused);
        Assert.Equal(0, track.Unexplained);
        Assert.Equal(3 * 288, track.Reasons.Values.Sum());
    }

    [Fact]
    public void Planner_InObserveAndRecommend_ChangesNothing()
    {
        foreach (var mode in new[] { ScalingMode.Observe, ScalingMode.Recommend })
        {
            var scenario = Traces.Scenario(
                Traces.Days(2), 288, policy: p => p with { ScaleOutMode = mode, ScaleInMode = mode });

            var track = Run(scenario, new PlannerContestant("planner"), new Traces.Seer(scenario));

            Assert.Empty(track.Changes);
        }
    }

    [Fact]
    public void Planner_FailedJoins_AreReplaced()
    {
        var scenario = Traces.Scenario(Traces.Days(3), first: 288);
        scenario = scenario with { Joins = scenario.Joins with { FailureShare = 0.3, Spread = 1.5, Seed = 7 } };

        var track = Run(scenario, new PlannerContestant("planner"), new Traces.Seer(scenario));

        Assert.Contains(track.Changes, static c => c.Adds && c.ServesFrom == int.MaxValue);
        Assert.True(track.Serving.Max() >= RequiredUnits.Of(5.2, 0.8));
    }

    [Fact]
    public void Planner_TwoGroupsAndNoPool_NeverHasMoreThanThereIs()
    {
        var work = Traces.Days(3);
        double[] shifted = [.. work[144..], .. work[..144]];
        var scenario = Traces.Scenario(work, first: 288) with { PoolUnits = 0 };
        scenario = scenario with { Groups = [scenario.Groups[0], Traces.Group(2, shifted, 3, null)] };

        var tracks = ReplayEngine.Run(
            scenario, [new PlannerContestant("planner")], new Traces.Seer(scenario), null, default)[0].Groups;

        var all = scenario.Groups.Sum(scenario.InitialUnits);
        Assert.All(Enumerable.Range(288, 576), t => Assert.True(tracks[0].Serving[t] + tracks[1].Serving[t] <= all));
        Assert.Contains(tracks[0].Changes, static c => c.Adds);
    }

    [Fact]
    public void SameScenario_GivesTheSame_WhoeverElseTakesPart()
    {
        var scenario = Traces.Scenario(Traces.Days(3), first: 288);
        scenario = scenario with { Joins = scenario.Joins with { Spread = 1.5, FailureShare = 0.1, Seed = 3 } };

        var alone = Run(scenario, new PlannerContestant("planner"), new Traces.Seer(scenario));
        var among = ReplayEngine.Run(
            scenario,
            [new RuleContestant("hpa", _ => new RatioRule(0.64, Hour)), new PlannerContestant("planner")],
            new Traces.Seer(scenario),
            null,
            default)[1].Groups[0];

        Assert.Equal(alone.Serving, among.Serving);
        Assert.Equal(alone.Changes, among.Changes);
    }

    [Fact]
    public void Bootstrap_HoldsThePoint_AndIsTheSameAgain()
    {
        var scenario = Traces.Scenario(Traces.Days(10), first: 288);
        var track = Run(scenario, new RuleContestant("hpa", _ => new RatioRule(0.7, Hour)));
        var meter = new ElasticityMeter(
            RequiredUnits.Of(scenario.Groups[0].Demand.Values.Span, 0.8), 288, Traces.Step);

        var metrics = meter.Measure(track, new BlockBootstrap(5));

        var intervals = metrics.Intervals!;
        Assert.Equal((1, 9), (intervals.BlockDays, intervals.Blocks));
        Assert.InRange(metrics.UnitHoursVsOracle1, intervals.UnitHoursVsOracle1.Low, intervals.UnitHoursVsOracle1.High);
        Assert.Equal(intervals, meter.Measure(track, new BlockBootstrap(5)).Intervals);
    }

    [Fact]
    public void AScenarioThatCannotBeReplayed_IsRefused()
    {
        var scenario = Traces.Scenario([1, 2, 3]);

        Assert.Throws<ArgumentException>(() => Run(scenario with { FirstStep = 3 }, new PlannerContestant("planner")));
        Assert.Throws<ArgumentException>(() => Run(
            scenario with { Groups = [scenario.Groups[0], Traces.Group(2, [1, 2], 3, null)] },
            new PlannerContestant("planner")));
    }

    private static GroupTrack Run(
        ReplayScenario scenario, ReplayContestant contestant, IReplayForecaster? forecaster = null) =>
        ReplayEngine.Run(scenario, [contestant], forecaster, null, default)[0].Groups[0];
}
