using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Fabric.Checks;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Checks;

/// <summary>Each rule with a fabric that keeps it and one that breaks it.</summary>
public sealed class FabricChecksTests
{
    private readonly FabricUnderTest _fabric = new();

    [Fact]
    public void Check_FabricThatKeepsEveryRule_FindsNothing() => Assert.Empty(_fabric.Check());

    [Theory]
    [InlineData("R81.10", FindingSeverity.Error)]
    [InlineData("unknown", FindingSeverity.Info)]
    public void S1_ReleaseTooOldOrUnknown_StopsTheGroup(string release, FindingSeverity severity)
    {
        _fabric.With(g => g with { Mode = null }).WithMembers(g => g with { Release = new(release) }, "A1");

        var finding = _fabric.One("S1");

        Assert.Equal((severity, FindingEffect.NoChange), (finding.Severity, finding.Effect));
        Assert.Contains(release, finding.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2e10, 1e10, 1.5e10, false)]
    [InlineData(2e10, 2.5e10, 0, true)]
    [InlineData(2e10, 1e10, 2.5e10, true)]
    [InlineData(null, 2.5e10, 2.5e10, false)]
    public void S4_ThroughputAboveTheLineRate_SaysThatItIsStatedWrong(double? rate, double now, double before, bool found)
    {
        var demand = ImmutableSortedDictionary<Resource, double>.Empty;
        _fabric.With(g => g with { LineRate = rate }).Telemetry.Add(new()
        {
            Group = new(1),
            Demand = demand.Add(Resource.BitsPerSecond, now),
            Highest = demand.Add(Resource.BitsPerSecond, before),
        });

        var findings = _fabric.Check();

        Assert.Equal(found, !findings.IsEmpty);
        if (found)
        {
            Assert.Equal((FindingSeverity.Warning, FindingEffect.None), (_fabric.One("S4").Severity, findings[0].Effect));
            Assert.Contains("25 Gbit/s were measured", findings[0].Found, StringComparison.Ordinal);
            Assert.Contains("20 Gbit/s", findings[0].Found, StringComparison.Ordinal);
            Assert.Contains("LineRateBitsPerSecond", findings[0].Remedy, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("R81.20")]
    [InlineData("R82.10")]
    public void S1_ReleaseThatScales_FindsNothing(string release) =>
        Assert.Empty(_fabric.With(g => g with { Mode = null }).WithMembers(g => g with { Release = new(release) })
            .Check().Where(f => f.Rule == "S1"));

    [Fact]
    public void S1_ImageCloningOff_Warns()
    {
        Assert.Equal(FindingSeverity.Warning, _fabric.With(g => g with { ImageCloning = false }).One("S1").Severity);
        Assert.Empty(_fabric.With(g => g with { ImageCloning = null }).Check());
    }

    [Fact]
    public void S5_MoreThanTheCapOnASite_IsAnErrorOfTheGroupThere()
    {
        _fabric.Limits = new FabricLimits { MaxMembersPerSite = 2 };
        Assert.Empty(_fabric.Check());

        _fabric.Gateways.Add(FabricUnderTest.Sgm("B3", 2, 5));

        var finding = _fabric.One("S5");
        Assert.Equal(("SG 1, site 2", FindingSeverity.Error), (finding.Object.ToString(), finding.Severity));
        Assert.Contains("3 SGMs", finding.Found, StringComparison.Ordinal);
        Assert.Equal("at most 2", finding.Required);
    }

    [Fact]
    public void S5_S6_DefaultCaps_AreFourteenAndTwentyEight()
    {
        var limits = new FabricLimits();

        Assert.Equal((14, 28), (limits.MaxMembersPerSite, limits.MaxMembersPerGroup));
    }

    [Fact]
    public void S6_MoreThanTheCapOverAllSites_IsAnError()
    {
        _fabric.Limits = new FabricLimits { MaxMembersPerGroup = 4 };
        Assert.Empty(_fabric.Check());

        _fabric.Gateways.Add(FabricUnderTest.Sgm("B3", 2, 5));

        Assert.Equal(FindingEffect.NoGrowth, _fabric.One("S6").Effect);
    }

    [Fact]
    public void S7_TwoReleasesInAGroup_WarnsAndOnlyInformsDuringAnUpgrade()
    {
        _fabric.WithMembers(g => g with { Release = new("R82.10") }, "A1");
        Assert.Equal(FindingSeverity.Warning, _fabric.One("S7").Severity);

        _fabric.WithMembers(g => g with { Upgrade = UpgradeState.InProgress }, "A2");
        Assert.Equal(FindingSeverity.Info, _fabric.One("S7").Severity);
    }

    [Fact]
    public void S7_TwoGroupsOfDifferentReleases_FindsNothing()
    {
        _fabric.Groups.Add(FabricUnderTest.Group(2) with { Mode = null });
        _fabric.Gateways.Add(FabricUnderTest.Sgm("C1", 1, 1, group: 2) with { Release = Release.R8120 });

        Assert.Empty(_fabric.Check());
    }

    [Fact]
    public void S8_AnyNumberOfSites_IsCarriedAndToldWhenAboveTwo()
    {
        _fabric.Gateways.Add(FabricUnderTest.Sgm("C1", 3, 5));
        _fabric.Orchestrators.AddRange([FabricUnderTest.Orchestrator("3_1", 3), FabricUnderTest.Orchestrator("3_2", 3)]);

        Assert.Equal(FindingSeverity.Warning, _fabric.One("S8").Severity);
        Assert.Equal(
            [1, 2, 3],
            new FabricSnapshot(FabricUnderTest.Noon, _fabric.Groups, _fabric.Gateways, _fabric.Orchestrators)
                .Sites.Select(s => s.Value));
    }

    [Theory]
    [InlineData(UpgradeState.InProgress, FindingSeverity.Warning)]
    [InlineData(UpgradeState.Failed, FindingSeverity.Error)]
    public void S9_OrchestratorUnderUpgrade_FreezesItsSite(UpgradeState upgrade, FindingSeverity severity)
    {
        var finding = _fabric.WithOrchestrator(o => o with { Upgrade = upgrade }).One("S9");

        Assert.Equal((severity, FindingEffect.NoChange), (finding.Severity, finding.Effect));
        Assert.Equal(new SiteId(1), finding.Object.Site);
    }

    [Theory]
    [InlineData("MHO-140", 10, true)]
    [InlineData("MHO-140", 40, false)]
    [InlineData("MHO-170", 40, true)]
    [InlineData("MHO-170", 10, false)]
    [InlineData("MHO-175", 100, true)]
    [InlineData("mho-175", 40, true)]
    [InlineData("MHO-175", 25, false)]
    public void S10_SyncSpeed_FollowsTheModel(string model, double gigabits, bool fits)
    {
        _fabric.WithOrchestrator(o => o with
        {
            Model = model,
            SyncPorts = [new("1/48/1", SyncPortKind.Internal, gigabits)],
        });

        if (fits)
        {
            Assert.Empty(_fabric.Check());
            return;
        }

        var finding = _fabric.One("S10");
        Assert.Equal(FindingSeverity.Error, finding.Severity);
        Assert.Contains(model, finding.Found, StringComparison.Ordinal);
        Assert.Contains("1/48/1", finding.Found, StringComparison.Ordinal);
        Assert.Contains($"{gigabits} GbE", finding.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void S10_FactMissing_OnlyInforms()
    {
        Assert.Equal(FindingSeverity.Info, _fabric.WithOrchestrator(o => o with { Model = null }).One("S10").Severity);
        Assert.Equal(
            FindingSeverity.Info, _fabric.WithOrchestrator(o => o with { Model = "MHO-200" }).One("S10").Severity);
        Assert.Equal(
            FindingSeverity.Info,
            _fabric.WithOrchestrator(o => o with { Model = "MHO-175", SyncPorts = null }).One("S10").Severity);
    }

    [Fact]
    public void S11_OneOrchestratorOnASite_Warns()
    {
        _fabric.Orchestrators.RemoveAt(3);

        var finding = _fabric.One("S11");

        Assert.Equal((FindingSeverity.Warning, "site 2"), (finding.Severity, finding.Object.ToString()));
        Assert.Contains("EnforceWithOneOrchestrator", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void S11_OrchestratorSilentOrNotKnown_IsTold()
    {
        Assert.Equal(
            FindingSeverity.Warning,
            _fabric.WithOrchestrator(o => o with { Reachable = false, Problem = "no answer" }).One("S11").Severity);

        _fabric.Orchestrators.RemoveRange(0, 2);
        Assert.Equal(FindingSeverity.Info, _fabric.One("S11").Severity);
    }

    [Theory]
    [InlineData("R80.20SP", 210, true, null)]
    [InlineData("R80.20SP", 209, true, FindingSeverity.Error)]
    [InlineData("R80.10", 300, true, FindingSeverity.Error)]
    [InlineData("R81.10", 1, true, null)]
    [InlineData("R80.20SP", 209, false, null)]
    [InlineData("R82", 1, false, FindingSeverity.Info)]
    [InlineData(null, null, true, FindingSeverity.Info)]
    [InlineData("R80.20SP", null, true, FindingSeverity.Info)]
    public void S12_RedundantSync_FollowsReleaseAndTake(string? release, int? take, bool redundant, FindingSeverity? severity)
    {
        _fabric.WithOrchestrator(o => o with
        {
            Release = release is null ? null : new Release(release),
            Take = take,
            RedundantSync = redundant,
        });

        Assert.Equal(severity, _fabric.Check().SingleOrDefault(f => f.Rule == "S12")?.Severity);
    }

    [Theory]
    [InlineData("R81", true)]
    [InlineData("R81.10", false)]
    public void S13_MixedModels_NeedR8110(string release, bool broken)
    {
        Mix();
        _fabric.Allowances = new FabricAllowances { CertifiedMixes = [["16200", "9700"]] };
        _fabric.With(g => g with { ImageCloning = false }).WithMembers(g => g with { Release = new(release) });

        Assert.Equal(broken, _fabric.Check().Any(f => f is { Rule: "S13", Severity: FindingSeverity.Error }));
    }

    [Fact]
    public void S13_MixedModelsWithImageCloning_Warns()
    {
        Mix();
        _fabric.Allowances = new FabricAllowances { CertifiedMixes = [["9700", "16200"]] };

        Assert.Equal(FindingSeverity.Warning, _fabric.One("S13").Severity);
    }

    [Fact]
    public void S14_PairThatIsNotCertified_IsAnErrorThatStopsGrowth()
    {
        Mix();
        _fabric.With(g => g with { ImageCloning = false });
        _fabric.Allowances = new FabricAllowances { CertifiedMixes = [["16200", "6500"], ["9700", "6500"]] };

        var finding = _fabric.One("S14");
        Assert.Equal((FindingSeverity.Error, FindingEffect.NoGrowth), (finding.Severity, finding.Effect));

        _fabric.Allowances = new FabricAllowances { CertifiedMixes = [["6500", "16200", "9700"]] };
        Assert.Empty(_fabric.Check());
    }

    [Fact]
    public void S15_SgmUnderUpgrade_KeepsItsGroupAsLargeAsItIs()
    {
        _fabric.WithMembers(g => g with { Upgrade = UpgradeState.InProgress }, "A2");

        var findings = _fabric.Check().Where(f => f.Rule == "S15").ToList();

        Assert.Equal(FindingEffect.NoRemoval, Assert.Single(findings, f => f.Object.Group is not null).Effect);
        Assert.Equal(FindingEffect.NoChange, Assert.Single(findings, f => f.Object.Serial is not null).Effect);
    }

    [Fact]
    public void S15_UpgradeFailed_IsAnErrorOfTheSgm() => Assert.Equal(
        FindingSeverity.Error, _fabric.WithMembers(g => g with { Upgrade = UpgradeState.Failed }, "F1").One("S15").Severity);

    [Fact]
    public void S16_SerialTwice_IsNoFabric()
    {
        _fabric.Groups.Add(FabricUnderTest.Group(2));
        _fabric.Gateways.Add(FabricUnderTest.Sgm("A1", 1, 1, group: 2));

        Assert.Contains("A1", Assert.Throws<ArgumentException>(() => _fabric.Check()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClusteringMode.ActiveStandby, "S17", false)]
    [InlineData(ClusteringMode.VsxActiveStandby, "S18", true)]
    [InlineData(ClusteringMode.Vsls, "S19", true)]
    public void S17_S18_S19_UnevenSites_Warn(ClusteringMode mode, string rule, bool vsx)
    {
        _fabric.With(g => g with { Mode = mode, IsVsx = vsx });
        Assert.Empty(_fabric.Check());

        _fabric.Gateways.Add(FabricUnderTest.Sgm("A3", 1, 5));
        Assert.Equal(FindingSeverity.Warning, _fabric.One(rule).Severity);

        _fabric.Gateways.RemoveAll(g => g.Site == new SiteId(2));
        Assert.Contains("all members are on site 1", _fabric.One(rule).Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClusteringMode.ActiveStandby, "S17", true)]
    [InlineData(ClusteringMode.VsxActiveStandby, "S18", false)]
    [InlineData(ClusteringMode.Vsls, "S19", false)]
    public void S17_S18_S19_ModeOfTheOtherKindOfGroup_IsAnError(ClusteringMode mode, string rule, bool vsx)
    {
        Assert.Equal(FindingSeverity.Error, _fabric.With(g => g with { Mode = mode, IsVsx = vsx }).One(rule).Severity);
        Assert.Empty(_fabric.With(g => g with { IsVsx = null }).Check());
    }

    [Theory]
    [InlineData("R81.20", true)]
    [InlineData("R82", false)]
    [InlineData("R82.10", false)]
    public void S20_ActiveActive_NeedsR82(string release, bool broken)
    {
        _fabric.WithMembers(g => g with { Release = new(release) });

        var finding = _fabric.Check().SingleOrDefault(f => f.Rule == "S20");

        Assert.Equal(broken ? FindingEffect.NoChange : null, finding?.Effect);
    }

    [Fact]
    public void S21_ModeNotStated_IsToldOnlyForAGroupOnTwoSites()
    {
        Assert.Equal(FindingSeverity.Info, _fabric.With(g => g with { Mode = null }).One("S21").Severity);

        _fabric.Gateways.RemoveAll(g => g.Site == new SiteId(2));
        Assert.Empty(_fabric.Check());
    }

    [Fact]
    public void S22_S24_BelowR8120_SaysWhatIsMissing()
    {
        _fabric.With(g => g with { Mode = null }).WithMembers(g => g with { Release = new("R81.10") });

        Assert.Equal(FindingSeverity.Info, _fabric.One("S22").Severity);
        Assert.Equal(FindingSeverity.Info, _fabric.One("S24").Severity);
    }

    [Fact]
    public void S26_LicenceOrSyncAddressWrong_IsAnErrorOfTheSgm()
    {
        _fabric.WithMembers(g => g with { Licensed = false }, "F1");
        Assert.Equal("SGM F1", _fabric.One("S26").Object.ToString());

        _fabric.WithMembers(g => g with { Licensed = true, SyncAddressMatches = false }, "F1");
        Assert.Equal((FindingSeverity.Error, FindingEffect.NoGrowth), (_fabric.One("S26").Severity, _fabric.One("S26").Effect));
    }

    [Fact]
    public void S26_LicencesNotKnown_AreToldOnce()
    {
        var finding = _fabric.WithMembers(g => g with { Licensed = null, SyncAddressMatches = null }).One("S26");

        Assert.Equal((FindingSeverity.Info, FindingEffect.None), (finding.Severity, finding.Effect));
        Assert.Contains("5 of 5", finding.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void S27_NoActiveMember_HasNoSmo()
    {
        _fabric.WithMembers(g => g with { State = MemberState.Down }, "A1", "A2", "B1", "B2");

        Assert.Equal((FindingSeverity.Warning, FindingEffect.NoRemoval), (_fabric.One("S27").Severity, _fabric.One("S27").Effect));
    }

    [Fact]
    public void S27_MemberIdsNotKnown_OnlyInforms() => Assert.Equal(
        FindingSeverity.Info, _fabric.WithMembers(g => g with { MemberId = null }).One("S27").Severity);

    [Fact]
    public void Check_FabricThatSaysNothingOfItself_HasNoErrorAndNoWarning()
    {
        _fabric.With(g => new SecurityGroup { Id = g.Id, Name = g.Name });
        _fabric.WithMembers(g => new Gateway
        {
            Serial = g.Serial,
            Site = g.Site,
            Group = g.Group,
            Model = g.Model,
            Release = new(""),
            State = g.State,
        });
        _fabric.Orchestrators.Clear();

        Assert.All(_fabric.Check(), f => Assert.Equal(FindingSeverity.Info, f.Severity));
        Assert.NotEmpty(_fabric.Check());
    }

    [Fact]
    public void Check_IsOrderedBySeverityThenRule()
    {
        _fabric.Orchestrators.RemoveAt(3);
        _fabric.WithOrchestrator(o => o with { Model = null }).WithMembers(g => g with { Licensed = false }, "F1");

        Assert.Equal(["S26", "S11", "S10"], _fabric.Check().Select(f => f.Rule));
    }

    [Fact]
    public void Finding_InWords_HasEverything() => Assert.Equal(
        "S26, SGM F1: it has no valid licence; required: a licence of its own. "
            + "License it: asg_license_verifier -v tells, and state it in Maestro:Fabric:Gateways; "
            + "it joins no group until then.",
        _fabric.WithMembers(g => g with { Licensed = false }, "F1").One("S26").ToString());

    private void Mix() =>
        _fabric.WithMembers(g => g with { Model = new ApplianceModel("9700", 24, 0.5) }, "A2", "B2");
}
