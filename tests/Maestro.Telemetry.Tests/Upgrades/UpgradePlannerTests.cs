using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Scaling.Learning;
using Maestro.Telemetry.Upgrades;

namespace Maestro.Telemetry.Tests.Upgrades;

public sealed class UpgradePlannerTests
{
    private static readonly DateTimeOffset Noon = UpgradeScene.Noon;
    private static readonly DateTimeOffset Night = new(2026, 3, 4, 22, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Plan_GroupWithRoom_StartsAtOnceOneByOneTheSmoLast()
    {
        var scene = new UpgradeScene().Members(8);

        var plan = scene.Plan();

        Assert.True(plan.Found, plan.Sentence);
        Assert.Equal(["A08", "A07", "A06", "A05", "A04", "A03", "A02", "A01"], UpgradeScene.Serials(plan));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => Noon.AddMinutes(30 * i)), plan.Batches.Select(b => b.Start!.Value));
        Assert.Equal([8], plan.Batches.Where(b => b.HasSmo).Select(b => b.Number));
        Assert.Empty(plan.Reliefs);

        // Six of eight are left after the loss of one more: 5.4 units, of which 5 are used.
        Assert.All(plan.Batches, b => Assert.Equal(5.4, b.Ceiling, 9));
        Assert.All(plan.Batches, b => Assert.Equal(5, b.Demand, 9));
    }

    [Fact]
    public void Plan_GroupThatIsBusyByDay_WaitsForTheNight()
    {
        var plan = new UpgradeScene().Members(6).Plan(batch: 2);

        Assert.True(plan.Found, plan.Sentence);
        Assert.Equal([Night, Night.AddMinutes(30), Night.AddMinutes(60)], plan.Batches.Select(b => b.Start!.Value));
        Assert.Equal(new UpgradeWindow(Night, Night.AddHours(8)), Assert.Single(plan.Windows));
        Assert.Equal(Night.AddHours(8) - TimeSpan.FromMinutes(30), plan.Batches[0].LatestStart);
        Assert.Equal("SG 1 (edge): 3 batches, the first at Wed 4 Mar 22:00 UTC, all done by Wed 4 Mar 23:30 UTC at the earliest.",
            plan.Sentence);
    }

    [Fact]
    public void Plan_MembersWhoseIdsAreNotKnown_SaysThatTheSmoIsAGuess()
    {
        var scene = new UpgradeScene().Members(4);
        Assert.DoesNotContain(scene.Plan().Notes, n => n.StartsWith("S27:", StringComparison.Ordinal));

        scene.Gateways[2] = scene.Gateways[2] with { MemberId = null };

        Assert.Contains(scene.Plan().Notes, n => n.StartsWith("S27: the member ids are not known", StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_WithoutPaths_TakesTheMaximumFromNowOn()
    {
        var scene = new UpgradeScene { WithPaths = false }.Members(6);

        Assert.False(scene.Plan(2).Found);
        scene.Demand = time => time < Noon.AddHours(3) ? 2 : 5;
        Assert.True(scene.Plan(2).Found);
    }

    [Fact]
    public void Plan_BatchThatIsTooLarge_SaysWhichWouldDoAndWhatElse()
    {
        var plan = new UpgradeScene { Demand = _ => 3.5 }.Members(6).Plan(batch: 3);

        Assert.False(plan.Found);
        Assert.Contains("batch 1 of 2", plan.Sentence, StringComparison.Ordinal);
        Assert.Contains("1.8 units may be used", plan.Sentence, StringComparison.Ordinal);
        var smaller = Assert.Single(plan.Reliefs, r => r.Kind == UpgradeReliefKind.SmallerBatch);
        Assert.Equal((1, Noon, Noon.AddHours(3)), (smaller.Amount, smaller.Start, smaller.End));
        var more = Assert.Single(plan.Reliefs, r => r.Kind == UpgradeReliefKind.MoreMembers);
        Assert.Equal(2, more.Amount);
        Assert.Equal(Noon.AddMinutes(20), more.Start);
        Assert.DoesNotContain(plan.Reliefs, r => r.Kind is UpgradeReliefKind.MoreTime or UpgradeReliefKind.FewerFailures);
    }

    [Fact]
    public void Plan_QuietOnlyLater_SaysHowMuchTimeItTakes()
    {
        var plan = new UpgradeScene { Within = TimeSpan.FromHours(8) }.Members(6).Plan(2);

        Assert.False(plan.Found);
        var later = Assert.Single(plan.Reliefs, r => r.Kind == UpgradeReliefKind.MoreTime);
        Assert.Equal((12, Night), (later.Amount, later.Start));
        Assert.Contains("--within 12h", later.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_TwoMembersAndOneToSpare_HasNoneUnlessTheSpareIsGivenUp()
    {
        var scene = new UpgradeScene { Demand = _ => 0.5, Policy = new() { Group = UpgradeScene.Id, Maximum = 2 } }.Members(2);

        var plan = scene.Plan();

        Assert.False(plan.Found);
        var relief = Assert.Single(plan.Reliefs);
        Assert.Equal((UpgradeReliefKind.FewerFailures, 0), (relief.Kind, relief.Amount));
        scene.Failures = 0;
        Assert.True(scene.Plan().Found);
    }

    [Fact]
    public void Plan_CapReached_DoesNotProposeMoreMembers()
    {
        var scene = new UpgradeScene { Demand = _ => 5, Limits = new() { MaxMembersPerSite = 6 } }.Members(6);

        Assert.DoesNotContain(scene.Plan().Reliefs, r => r.Kind == UpgradeReliefKind.MoreMembers);
    }

    [Fact]
    public void Plan_ActiveStandby_BeginsWithTheSiteThatStandsBy()
    {
        var scene = new UpgradeScene { Demand = _ => 1.5 };
        scene.Group = scene.Group with { Mode = ClusteringMode.ActiveStandby };
        scene.Members(4, site: 1).Members(4, site: 2, state: MemberState.Standby);

        var plan = scene.Plan();

        Assert.True(plan.Found, plan.Sentence);
        Assert.Equal([2, 2, 2, 2, 1, 1, 1, 1], plan.Batches.Select(b => b.Site.Value));
        Assert.StartsWith("S17: 3 units are left when site 1 is lost", plan.Batches[0].Because, StringComparison.Ordinal);
        Assert.StartsWith("S15: 2 units are left", plan.Batches[^1].Because, StringComparison.Ordinal);
        Assert.True(plan.Batches[^1].HasSmo);
    }

    [Fact]
    public void Plan_StandbySite_IsNeverTakenAsAWhole()
    {
        var scene = new UpgradeScene { Demand = _ => 0.2 };
        scene.Group = scene.Group with { Mode = ClusteringMode.ActiveStandby };
        scene.Members(3, site: 1).Members(3, site: 2, state: MemberState.Standby);

        var plan = scene.Plan(batch: 3);

        Assert.All(plan.Batches, b => Assert.True(b.Serials.Length < 3));
        scene.SurviveSiteLoss = false;
        Assert.Contains(scene.Plan(batch: 3).Batches, b => b.Site.Value == 2 && b.Serials.Length == 3);
    }

    [Fact]
    public void Plan_Vsls_KeepsEnoughForTheLossOfASite()
    {
        // Eight units carry 3 by far; four less one, when the other site is lost, carry 2.7.
        var scene = new UpgradeScene { Demand = time => time.Hour is >= 6 and < 22 ? 3 : 2.5 };
        scene.Group = scene.Group with { Mode = ClusteringMode.Vsls };
        scene.Members(4, site: 1).Members(4, site: 2);

        var plan = scene.Plan();

        Assert.True(plan.Found, plan.Sentence);
        Assert.Equal(Night, plan.Batches[0].Start);
        Assert.StartsWith("S19:", plan.Batches[0].Because, StringComparison.Ordinal);
        scene.SurviveSiteLoss = false;
        Assert.Equal(Noon, scene.Plan().Batches[0].Start);
    }

    [Fact]
    public void Plan_MixedModels_GoesByWeightAndSharesTheHeavyOnesOut()
    {
        var scene = new UpgradeScene { Demand = _ => 2 }.Members(2).Members(2, weight: 2);

        var plan = scene.Plan(batch: 2);

        Assert.Equal([3.0, 3.0], plan.Batches.Select(b => b.UnitsOut));
        Assert.False(plan.Found);
        Assert.Equal((3 - 2) * 0.9, plan.Batches[0].Ceiling, 9);
    }

    [Fact]
    public void Plan_ScheduleHolds_WaitsUntilItEnds()
    {
        var schedule = new ScalingSchedule
        {
            Name = "office",
            Minimum = 6,
            Days = Enum.GetValues<DayOfWeek>(),
            From = new(8, 0),
            To = new(18, 0),
            Zone = TimeZoneInfo.Utc,
        };
        var scene = new UpgradeScene { Demand = _ => 1, Policy = new() { Group = UpgradeScene.Id, Schedules = [schedule] } };

        Assert.Equal(Noon.AddHours(6), scene.Members(6).Plan().Batches[0].Start);
    }

    [Fact]
    public void Plan_DemandNowAboveTheForecast_CountsWithinTheLeadTime()
    {
        var scene = new UpgradeScene { Demand = _ => 1, Measured = 5 }.Members(6);

        Assert.Equal(Noon.AddMinutes(20), scene.Plan().Batches[0].Start);
    }

    [Fact]
    public void Plan_JoinsThatTakeLonger_MakeWhatIsMeasuredCountForLonger()
    {
        // (3 × 20 + 7 × 40) / 10.
        var joins = new LearnedJoin(
            new(1), "9300", false, new(7, 7, TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(40)));
        var input = new UpgradeScene { Demand = _ => 1, Measured = 5 }.Members(6).Input() with
        {
            LeadTimes = new() { Joins = [joins] },
        };

        Assert.Equal(Noon.AddMinutes(35), UpgradePlanner.Plan(input, UpgradeScene.Id, 1).Batches[0].Start);
    }

    [Fact]
    public void Plan_SomeRunTheReleaseAlready_LeavesThemAlone()
    {
        var scene = new UpgradeScene { Demand = _ => 1 }.Members(4);
        scene.Gateways[2] = scene.Gateways[2] with { Release = new("R82.10") };

        var plan = UpgradePlanner.Plan(scene.Input(), UpgradeScene.Id, 1, new Release("R82.10"));

        Assert.Equal(["A04", "A02", "A01"], UpgradeScene.Serials(plan));
        var none = UpgradePlanner.Plan(scene.Input(), UpgradeScene.Id, 1, Release.R82);
        Assert.Equal(["A03"], UpgradeScene.Serials(none));
    }

    [Fact]
    public void Plan_WithSomethingWrong_HasNoBatchesAndSaysWhatToPutRight()
    {
        var down = new UpgradeScene().Members(4);
        down.Gateways[1] = down.Gateways[1] with { State = MemberState.Down };
        var upgrading = new UpgradeScene().Members(4);
        upgrading.Gateways[1] = upgrading.Gateways[1] with { Upgrade = UpgradeState.InProgress };
        var orchestrator = new UpgradeScene().Members(4);
        orchestrator.Orchestrators[0] = orchestrator.Orchestrators[0] with { Upgrade = UpgradeState.InProgress };

        Assert.Equal("MEMBER_NOT_ACTIVE", Assert.Single(down.Plan().Problems).Rule);
        Assert.All(upgrading.Plan().Problems, p => Assert.Equal("S15", p.Rule));
        Assert.Equal("S9", Assert.Single(orchestrator.Plan().Problems).Rule);
        Assert.Equal("FORECAST_UNTRUSTED", Assert.Single(new UpgradeScene { Trusted = false }.Members(4).Plan().Problems).Rule);
        Assert.Equal("NO_MEMBERS", new UpgradeScene().Plan().Problems[0].Rule);
        Assert.All([down, upgrading, orchestrator], s => Assert.Empty(s.Plan().Batches));
        Assert.All([down, upgrading, orchestrator], s => Assert.False(s.Plan().Found));
    }

    [Fact]
    public void Plan_UnknownGroup_IsRefused() =>
        Assert.Throws<ArgumentException>(() => UpgradePlanner.Plan(new UpgradeScene().Input(), new(9), 1));
}
