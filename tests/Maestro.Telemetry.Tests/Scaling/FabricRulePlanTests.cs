using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Fabric.Checks;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling;

/// <summary>What the rules of the fabric make of a plan, in the planner and again in the validator.</summary>
public sealed class FabricRulePlanTests
{
    private static readonly ApplianceModel Small = new("6900", 16, 0.6);

    [Fact]
    public void ModelThatIsNotCertified_IsNotMixedIn()
    {
        var scene = Short().Pool(1).Gateway("FREE101", g => g with { Model = Small });

        var decision = scene.Decide();

        Assert.Equal((DecisionAction.Hold, ReasonCode.ModelMismatch), (decision.Action, decision.Reason));
        Assert.Contains("6900", decision.Sentence, StringComparison.Ordinal);

        scene.Allowances = new FabricAllowances { CertifiedMixes = [["9300", "6900"]] };
        Assert.Equal(DecisionAction.Add, scene.Decide().Action);
    }

    [Fact]
    public void ModelThatIsNotCertified_IsRefusedByTheValidator()
    {
        var scene = Short().Pool(1).Gateway("FREE101", g => g with { Model = Small });
        scene.Allowances = new FabricAllowances { CertifiedMixes = [["9300", "6900"]] };
        var plan = scene.Plan();

        scene.Allowances = new FabricAllowances();

        Assert.Contains(
            PlanValidator.Check(scene.Input(), plan), f => f.Contains("not certified together", StringComparison.Ordinal));
    }

    [Fact]
    public void MixedGroupThatIsNotCertified_MayShrinkAndNotGrow()
    {
        var growing = Short().Pool(1).Gateway("G1M02", g => g with { Model = Small });
        var shrinking = new Scene().Group(1, members: 6, demand: 1).Gateway("G1M02", g => g with { Model = Small });

        Assert.Equal(ReasonCode.ModelMismatch, growing.Decide().Reason);
        Assert.Equal(DecisionAction.Remove, shrinking.Decide().Action);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(null, false)]
    public void SgmWithoutALicenceOrWithAWrongSyncAddress_IsNoCandidate(bool? licensed, bool? matches)
    {
        var plan = Short().Pool(2)
            .Gateway("FREE101", g => g with { Licensed = licensed, SyncAddressMatches = matches })
            .Plan();

        Assert.Equal("FREE102", Assert.Single(plan.Commands).Serial.Value);
    }

    [Fact]
    public void SgmWithoutALicence_IsNotMovedEither()
    {
        var scene = Short().Group(2, members: 8, demand: 1, policy: p => p with { Priority = 3 });
        var taken = Assert.Single(scene.Plan().Commands).Serial.Value;

        scene.Gateway(taken, g => g with { Licensed = false });

        Assert.NotEqual(taken, Assert.Single(scene.Plan().Commands, c => c.To is not null).Serial.Value);
    }

    [Fact]
    public void ReleaseOfAnotherGroup_IsNotMovedIn()
    {
        var scene = Short().Group(2, members: 8, demand: 1, release: "R81.20", policy: p => p with { Priority = 3 });

        Assert.DoesNotContain(scene.Plan().Commands, c => c.Kind == CommandKind.Move);
    }

    [Theory]
    [InlineData("R81.20", false)]
    [InlineData("R82", true)]
    public void ActiveActiveGroup_IsScaledFromR82(string release, bool scaled)
    {
        var decision = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4, mode: ClusteringMode.ActiveActive, release: release)
            .Pool(1, release: release)
            .Decide();

        Assert.Equal(scaled ? ReasonCode.Predicted : ReasonCode.ReleaseTooOld, decision.Reason);
    }

    [Theory]
    [InlineData(UpgradeState.InProgress, ReasonCode.UpgradeInProgress)]
    [InlineData(UpgradeState.Failed, ReasonCode.UpgradeInProgress)]
    [InlineData(UpgradeState.None, ReasonCode.Predicted)]
    [InlineData(null, ReasonCode.Predicted)]
    public void OrchestratorUnderUpgrade_FreezesItsSite(UpgradeState? upgrade, ReasonCode reason)
    {
        var scene = Short().Pool(1);
        scene.Orchestrators.AddRange([Orchestrator("1_1") with { Upgrade = upgrade }, Orchestrator("1_2")]);

        Assert.Equal(reason, scene.Decide().Reason);
    }

    [Fact]
    public void OrchestratorUnderUpgrade_DoesNotFreezeOtherSites()
    {
        var scene = new Scene().Group(1, members: 4, demand: 2, forecast: 3.4, sites: 2).Pool(1).Pool(1, site: 2);
        scene.Orchestrators.AddRange([Orchestrator("1_1") with { Upgrade = UpgradeState.InProgress }, Orchestrator("1_2")]);

        Assert.Equal(2, Assert.Single(scene.Plan().Commands).Site.Value);
    }

    [Fact]
    public void OrchestratorUnderUpgrade_StopsTheValidatorToo()
    {
        var scene = Short().Pool(1);
        var plan = scene.Plan();

        scene.Orchestrators.AddRange([Orchestrator("1_1") with { Upgrade = UpgradeState.InProgress }, Orchestrator("1_2")]);

        Assert.Contains(PlanValidator.Check(scene.Input(), plan), f => f.Contains("has not ended", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, false, ScalingMode.Recommend)]
    [InlineData(1, true, ScalingMode.Enforce)]
    [InlineData(2, false, ScalingMode.Enforce)]
    [InlineData(0, false, ScalingMode.Enforce)]
    public void SiteWithOneOrchestrator_IsProposedTo_UnlessItIsAllowed(int orchestrators, bool allowed, ScalingMode mode)
    {
        var scene = Short(p => p with { ScaleOutMode = ScalingMode.Enforce }).Pool(1);
        scene.Orchestrators.AddRange(Enumerable.Range(1, orchestrators).Select(i => Orchestrator($"1_{i}")));
        scene.Allowances = new FabricAllowances { EnforceWithOneOrchestrator = allowed ? [new(1)] : [] };

        var command = Assert.Single(scene.Plan().Commands);

        Assert.Equal(mode, command.Mode);
        Assert.Equal(
            mode == ScalingMode.Recommend, command.Reason.Contains("one Orchestrator only", StringComparison.Ordinal));
    }

    [Fact]
    public void SiteWithOneOrchestrator_IsHeldByTheValidatorToo()
    {
        var scene = Short(p => p with { ScaleOutMode = ScalingMode.Enforce }).Pool(1);
        var plan = scene.Plan();

        scene.Orchestrators.Add(Orchestrator("1_1"));

        Assert.Contains(PlanValidator.Check(scene.Input(), plan), f => f.Contains("without asking", StringComparison.Ordinal));
    }

    [Fact]
    public void SyncTooSlow_StopsChangesOnTheSite()
    {
        var scene = Short().Pool(1);
        scene.Orchestrators.AddRange(
        [
            Orchestrator("1_1") with { Model = "MHO-175", SyncPorts = [new("1/48/1", SyncPortKind.Internal, 10)] },
            Orchestrator("1_2"),
        ]);

        var decision = scene.Decide();

        Assert.Equal(ReasonCode.FabricRule, decision.Reason);
        Assert.Contains("S10", decision.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void MemberUnderUpgrade_StopsRemovalsAndNotAdds()
    {
        var surplus = new Scene().Group(1, members: 6, demand: 1).Gateway("G1M03", Upgrading);
        var needy = Short().Pool(1).Gateway("G1M03", Upgrading);

        Assert.Equal(ReasonCode.UpgradeInProgress, surplus.Decide().Reason);
        Assert.Equal(DecisionAction.Add, needy.Decide().Action);
    }

    [Theory]
    [InlineData(ClusteringMode.ActiveStandby)]
    [InlineData(ClusteringMode.VsxActiveStandby)]
    public void StandbySite_IsSizedForTheTakeOver(ClusteringMode mode)
    {
        // Four serve and two stand by; a demand of 2.4 needs 2.7 units after the take-over.
        var scene = new Scene()
            .Group(1, members: 4, demand: 2.4, mode: mode)
            .Pool(3, site: 2, prefix: "S");
        foreach (var (serial, id) in new[] { ("S201", 5), ("S202", 6) })
        {
            scene.Gateway(serial, g => g with { Group = new(1), MemberId = id, State = MemberState.Standby });
        }

        var plan = scene.Remember(1, 0).Plan();

        Assert.Equal(ReasonCode.SiteLoss, plan.Decisions[0].Reason);
        Assert.Equal(4, plan.Decisions[0].CommittedUnits);
        Assert.Equal("S203", Assert.Single(plan.Commands).Serial.Value);

        scene.Gateway("S203", g => g with { Group = new(1), MemberId = 7, State = MemberState.Standby });
        Assert.Empty(scene.Remember(1, 0).Plan().Commands);
    }

    [Fact]
    public void StandbySite_IsServedThoughTheServingSiteIsShortAsWell_AndNothingIsFreeThere()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 3.4, mode: ClusteringMode.ActiveStandby)
            .Pool(2, site: 2, prefix: "S")
            .Gateway("S201", g => g with { Group = new(1), MemberId = 5, State = MemberState.Standby });

        var plan = scene.Remember(1, 0).Plan();

        var given = Assert.Single(plan.Commands);
        Assert.Equal(("S202", ReasonCode.SiteLoss), (given.Serial.Value, plan.Decisions[0].Reason));
        Assert.Contains("site 1 is lost", given.Reason, StringComparison.Ordinal);

        scene.Pool(1);
        Assert.Equal("FREE101", scene.Remember(1, 0).Plan().Commands[0].Serial.Value);
    }

    [Fact]
    public void EmptyActiveStandbyGroup_BeginsOnOneSite()
    {
        var plan = new Scene()
            .Group(1, members: 0, demand: 1.2, mode: ClusteringMode.ActiveStandby, policy: p => p with { MaxAddsPerCycle = 4 })
            .Pool(3)
            .Pool(3, site: 2, prefix: "S")
            .Plan();

        Assert.True(plan.Commands.Length > 1);
        Assert.Single(plan.Commands.Select(c => c.Site).Distinct());
    }

    [Fact]
    public void ServingSite_IsChosenByWhoIsActive_AndTheStandbySiteCarriesNothing()
    {
        var scene = new Scene().Group(1, members: 8, demand: 2, sites: 2, mode: ClusteringMode.ActiveStandby);
        foreach (var standby in new[] { "G1M01", "G1M03", "G1M05", "G1M07" })
        {
            scene.Gateway(standby, g => g with { State = MemberState.Standby });
        }

        Assert.Equal(4, scene.Decide().CommittedUnits);
    }

    [Theory]
    [InlineData(ClusteringMode.Vsls, ReasonCode.SiteLoss)]
    [InlineData(ClusteringMode.ActiveActive, ReasonCode.Surplus)]
    [InlineData(null, ReasonCode.Surplus)]
    public void VslsGroup_CountsBothSitesAndSurvivesTheLossOfOne(ClusteringMode? mode, ReasonCode reason)
    {
        // Three on site 1 and two on site 2; a demand of 2.4 needs 2.7 units when site 1 is lost.
        var plan = new Scene()
            .Group(1, members: 5, demand: 2.4, sites: 2, mode: mode)
            .Pool(1)
            .Pool(1, site: 2)
            .Plan();

        Assert.Equal((reason, 5d), (plan.Decisions[0].Reason, plan.Decisions[0].CommittedUnits));
        Assert.Equal(
            reason == ReasonCode.SiteLoss ? [2] : [],
            plan.Commands.Where(c => c.To is not null).Select(c => c.Site.Value));
    }

    [Fact]
    public void VslsGroup_KeepsWhatTheLossOfASiteNeeds()
    {
        // Six of one unit would be enough with five, but each site must do for 2.4 / 0.9 units.
        var scene = new Scene().Group(1, members: 6, demand: 2.4, sites: 2, mode: ClusteringMode.Vsls);
        var free = new Scene().Group(1, members: 6, demand: 2.4, sites: 2);

        Assert.Equal(DecisionAction.Remove, free.Decide().Action);
        Assert.Equal(ReasonCode.SiteLoss, scene.Decide().Reason);
        Assert.Contains(
            PlanValidator.Check(scene.Input(), free.Plan()), f => f.Contains("the loss of site", StringComparison.Ordinal));
    }

    [Fact]
    public void EachGroup_HasItsOwnModeReleaseAndRules()
    {
        var plan = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4, mode: ClusteringMode.ActiveActive, release: "R81.20")
            .Group(2, members: 4, demand: 2, forecast: 3.4, release: "R81.20")
            .Pool(1, release: "R81.20")
            .Plan();

        Assert.Equal([ReasonCode.ReleaseTooOld, ReasonCode.Predicted], plan.Decisions.Select(d => d.Reason));
    }

    [Fact]
    public void ElephantFlow_OneHotCoreInACoolGroup_AddsNothing()
    {
        // What counts is the work of the group, so that a busy core of one SGM does not ask for another SGM.
        var decision = new Scene().Group(1, members: 4, demand: 2).Pool(2).Decide();

        Assert.Equal((DecisionAction.Hold, ReasonCode.WithinDeadband), (decision.Action, decision.Reason));
    }

    [Fact]
    public void NoCommand_IsAgainstAFinding() => RandomScenes.Check(400, input =>
    {
        var findings = FabricChecks.Check(input.Fabric, input.Limits, input.Allowances);
        foreach (var command in ScalingPlanner.Plan(input).Commands)
        {
            var stopped = findings
                .Where(f => f.Effect.HasFlag(FindingEffect.NoGrowth) && f.Object.Site is null && f.Object.Serial is null)
                .Select(f => f.Object.Group);
            Assert.False(command.To is not null && stopped.Contains(command.To));
            Assert.DoesNotContain(findings, f => f.Object.Serial == command.Serial && f.Effect == FindingEffect.NoChange);
            Assert.DoesNotContain(findings, f =>
                f.Object is { Group: null, Serial: null } && f.Object.Site == command.Site && f.Effect != FindingEffect.None);
        }
    });

    [Fact]
    public void NoGroup_GetsAModelThatIsNotCertifiedWithItsOwn() => RandomScenes.Check(400, input =>
    {
        foreach (var command in ScalingPlanner.Plan(input).Commands.Where(c => c.To is not null))
        {
            var model = input.Fabric.Find(command.Serial)!.Model.Name;
            Assert.All(
                input.Fabric.MembersOf(command.To!.Value),
                m => Assert.True(input.Allowances.MayMix(m.Model.Name, model)));
        }
    });

    [Fact]
    public void Smo_IsNeverTakenWhileOthersCanBe() => RandomScenes.Check(400, input =>
        Assert.All(
            ScalingPlanner.Plan(input).Commands.Where(c => c.From is not null),
            c => Assert.NotEqual(input.Fabric.SmoOf(c.From!.Value)?.Serial, c.Serial)));

    [Fact]
    public void NoSgm_JoinsAGroupOfAnotherRelease() => RandomScenes.Check(400, input =>
        Assert.All(
            ScalingPlanner.Plan(input).Commands.Where(c => c.To is not null),
            c => Assert.All(
                input.Fabric.MembersOf(c.To!.Value),
                m => Assert.Equal(m.Release, input.Fabric.Find(c.Serial)!.Release))));

    private static Scene Short(Func<ScalingPolicy, ScalingPolicy>? policy = null) =>
        new Scene().Group(1, members: 4, demand: 2, forecast: 3.4, policy: policy);

    private static OrchestratorStatus Orchestrator(string id) => new(id, new(1), true, null);

    private static Gateway Upgrading(Gateway gateway) => gateway with { Upgrade = UpgradeState.InProgress };
}
