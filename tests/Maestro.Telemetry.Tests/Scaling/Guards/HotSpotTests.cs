using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Scaling.Guards;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Scaling.Guards;

/// <summary>Elephant flows and additions that bring no relief: more SGMs do not help, and the planner says so.</summary>
public sealed class HotSpotTests
{
    private static readonly ScalingPolicy Policy = new() { Group = new(1) };

    [Theory]
    [InlineData(0.1, 15, DecisionAction.Hold)]
    [InlineData(0.1, 9, DecisionAction.Add)]
    [InlineData(0.1, 121, DecisionAction.Add)]
    [InlineData(0.4, 15, DecisionAction.Add)]
    [InlineData(double.NaN, 15, DecisionAction.Add)]
    public void AddedSgmThatTakesLessThanHalfItsShare_EndsTheAdding(double load, int minutes, DecisionAction action)
    {
        var decision = Loaded(new Scene().Group(1, members: 4, demand: 2, forecast: 3.4).Pool(2), 0.6, 0.6, 0.6, load)
            .Command("G1M04", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-minutes))
            .Decide();

        Assert.Equal(action, decision.Action);
        Assert.Equal(action == DecisionAction.Hold, decision.Reason == ReasonCode.NoRelief);
    }

    [Fact]
    public void MissingRelief_StopsNoFloor()
    {
        var scene = Loaded(
            new Scene().Group(1, members: 4, demand: 2, policy: p => p with { Minimum = 5 }).Pool(2), 0.6, 0.6, 0.6, 0.1);

        var decision = scene.Command("G1M04", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-15)).Decide();

        Assert.Equal(DecisionAction.Add, decision.Action);
    }

    [Fact]
    public void HotMemberOfACoolGroup_IsSaidInTheRecord_AndAddsNothing()
    {
        var decision = Hot(new Scene().Group(1, members: 4, demand: 2).Pool(2)).Decide();

        Assert.Equal(DecisionAction.Hold, decision.Action);
        Assert.Contains(decision.Steps, s => s.Rule == "ELEPHANT_FLOW");
        Assert.Contains(decision.Alternatives, a => a.Contains("SGM G1M01 is used at 97 %", StringComparison.Ordinal));
    }

    [Fact]
    public void HotMember_DoesNotStopGrowthThatTheGroupNeeds() =>
        Assert.Equal(
            DecisionAction.Add,
            Hot(new Scene().Group(1, members: 4, demand: 2, forecast: 3.4).Pool(2)).Decide().Action);

    [Fact]
    public void GrowthForTheHottestMemberAlone_IsRefused()
    {
        var plan = new PlanningState(Hot(new Scene().Group(1, members: 4, demand: 2).Pool(2)).Input());
        var state = plan.Groups[0];
        state.Need = state.Need with
        {
            LoadUnits = 9,
            Terms = state.Need.Terms.Add(new(ElephantFlow.Hottest, Resource.CpuWork, 0.97, 9)),
        };

        Assert.Equal(ReasonCode.ElephantFlow, GrowthGuards.Why(plan, state)?.Reason);

        state.Need = state.Need with { Terms = state.Need.Terms.Add(new("predicted", Resource.CpuWork, 4, 9)) };
        Assert.Null(GrowthGuards.Why(plan, state));
    }

    [Fact]
    public void HotMember_KeepsTheGroupFromShrinking() =>
        Assert.Equal(ReasonCode.ElephantFlow, Hot(new Scene().Group(1, members: 8, demand: 1.5)).Decide().Reason);

    [Fact]
    public void HotGroup_IsNoElephantFlow() =>
        Assert.Null(Find(0.97, 0.9, 0.9, 0.9));

    [Fact]
    public void HotCore_IsToldFromAHotMember()
    {
        var members = Members(0.5, 0.3, 0.3, 0.3);
        var found = ElephantFlow.Find(
            Policy, Telemetry(members.SetItem(1, members[1] with { BusiestCore = 0.99 })), Gateways(4));

        Assert.Equal(new HotSpot(new("G1M02"), IsCore: true, 0.99, 0.35), found! with { Average = 0.35 });
        Assert.Contains("a core of SGM G1M02", ElephantFlow.Sentence(found), StringComparison.Ordinal);
    }

    private static HotSpot? Find(params double[] loads) =>
        ElephantFlow.Find(Policy, Telemetry(Members(loads)), Gateways(loads.Length));

    private static Scene Hot(Scene scene) => Loaded(scene, 0.97, 0.3, 0.3, 0.3)
        .Memory(1, m => m with { HotSince = Scene.Noon.AddMinutes(-1) });

    private static Scene Loaded(Scene scene, params double[] loads) =>
        scene.Telemetry(1, t => t with { Members = Members(loads) });

    private static ImmutableArray<MemberLoad> Members(params double[] loads) =>
        [.. loads.Select((l, i) => new MemberLoad(new($"G1M{i + 1:D2}"), l))];

    private static GroupTelemetry Telemetry(ImmutableArray<MemberLoad> members) =>
        new() { Group = new(1), Members = members };

    private static List<Gateway> Gateways(int count) =>
        [.. new Scene().Group(1, count, demand: 1).Input().Fabric.Gateways];
}
