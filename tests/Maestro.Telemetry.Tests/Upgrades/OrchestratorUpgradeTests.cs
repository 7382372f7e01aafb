using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Upgrades;

namespace Maestro.Telemetry.Tests.Upgrades;

public sealed class OrchestratorUpgradeTests
{
    private static readonly DateTimeOffset Noon = UpgradeScene.Noon;

    [Fact]
    public void Plan_BesideASecondOrchestrator_LosesNothingAndStartsWhenNoGroupNeedsMore()
    {
        var scene = new UpgradeScene { Demand = time => time < Noon.AddHours(2) ? 5 : 2 }.Members(6);

        var plan = scene.PlanOrchestrator();

        Assert.True(plan.Found, plan.Sentence);
        Assert.True(plan.IsRedundant);
        Assert.Equal(Noon.AddHours(2), plan.Start);
        var impact = Assert.Single(plan.Groups);
        Assert.Equal((6, 0.0), (impact.MembersOnSite, impact.UnitsLost));
        Assert.Equal(4.5, impact.Ceiling, 9);
        Assert.Contains("loses nothing (S9), and gets no SGM on site 1", impact.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_TheOnlyOneOfTheSite_LosesAllSgmsThere()
    {
        var scene = new UpgradeScene { Demand = time => time.Hour is >= 6 and < 22 ? 5 : 2 }.Members(4).Members(4, site: 2);

        var plan = scene.PlanOrchestrator("2_1");

        Assert.False(plan.IsRedundant);
        Assert.Equal(4, Assert.Single(plan.Groups).UnitsLost);
        Assert.Equal(22, plan.Start!.Value.Hour);
        Assert.Contains("1 group loses its SGMs there (S11)", plan.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_TheOnlyOneOfTheOnlySite_IsAnOutageAndAsksForASecondOne()
    {
        var scene = new UpgradeScene { Demand = _ => 0.1 }.Members(4);
        scene.Orchestrators.RemoveAt(1);

        var plan = scene.PlanOrchestrator();

        Assert.False(plan.Found);
        Assert.Contains("it is down meanwhile", plan.Groups[0].Sentence, StringComparison.Ordinal);
        Assert.Equal([UpgradeReliefKind.SecondOrchestrator], plan.Reliefs.Select(r => r.Kind));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, UpgradeState.Failed)]
    public void Plan_TheOtherOneDoesNotWork_DoesNotCount(bool reachable, UpgradeState? upgrade)
    {
        var scene = new UpgradeScene().Members(4);
        scene.Orchestrators[1] = new OrchestratorStatus("1_2", new(1), reachable, null) { Upgrade = upgrade };

        var plan = scene.PlanOrchestrator();

        Assert.False(plan.IsRedundant);
        Assert.False(plan.Found);
        Assert.Equal(upgrade is null ? [] : ["S9"], plan.Problems.Select(p => p.Rule));
    }

    [Fact]
    public void Plan_StandbyGroup_TakesOverOrLosesItsStandby()
    {
        var scene = new UpgradeScene { Demand = _ => 1.5 };
        scene.Group = scene.Group with { Mode = ClusteringMode.ActiveStandby };
        scene.Members(3).Members(3, site: 2, state: MemberState.Standby);
        scene.Orchestrators.RemoveAt(1);

        var serving = scene.PlanOrchestrator("1_1");
        var standby = scene.PlanOrchestrator("2_1");

        Assert.Equal((3.0, Noon), (serving.Groups[0].UnitsLost, serving.Start));
        Assert.Contains("site 2 takes over (S17)", serving.Groups[0].Sentence, StringComparison.Ordinal);
        Assert.Equal((0.0, Noon), (standby.Groups[0].UnitsLost, standby.Start));
        Assert.Contains("cannot take over meanwhile (S17)", standby.Groups[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_QuietOnlyLater_SaysHowMuchTimeItTakes()
    {
        var scene = new UpgradeScene { Within = TimeSpan.FromHours(2) }.Members(6);
        scene.Demand = time => time < Noon.AddHours(5) ? 5 : 2;

        var plan = scene.PlanOrchestrator();

        Assert.False(plan.Found);
        var relief = Assert.Single(plan.Reliefs, r => r.Kind == UpgradeReliefKind.MoreTime);
        Assert.Equal((6, Noon.AddHours(5)), (relief.Amount, relief.Start));
        Assert.Contains(plan.Reliefs, r => r.Kind == UpgradeReliefKind.FewerFailures && r.Start == Noon);
    }

    [Fact]
    public void Plan_UnknownOrchestrator_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new UpgradeScene().Members(2).PlanOrchestrator("9_9"));
}
