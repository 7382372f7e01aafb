using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Fabric.Checks;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Checks;

/// <summary>A fabric without any finding, to be changed in one thing: two sites, two Orchestrators each, one group.</summary>
internal sealed class FabricUnderTest
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    public FabricLimits Limits { get; set; } = new();

    public FabricAllowances Allowances { get; set; } = new();

    public List<OrchestratorStatus> Orchestrators { get; } =
        [Orchestrator("1_1", 1), Orchestrator("1_2", 1), Orchestrator("2_1", 2), Orchestrator("2_2", 2)];

    public List<SecurityGroup> Groups { get; } = [Group(1)];

    public List<GroupTelemetry> Telemetry { get; } = [];

    public List<Gateway> Gateways { get; } = [Sgm("A1", 1, 1), Sgm("A2", 1, 2), Sgm("B1", 2, 3), Sgm("B2", 2, 4), Free("F1")];

    public static SecurityGroup Group(int id) => new()
    {
        Id = new(id),
        Name = $"g{id}",
        Mode = ClusteringMode.ActiveActive,
        IsVsx = false,
        ImageCloning = true,
        Take = 90,
    };

    public static Gateway Sgm(string serial, int site, int memberId, int group = 1) => new()
    {
        Serial = new(serial),
        Site = new(site),
        Group = new(group),
        MemberId = memberId,
        Model = new("16200", 48, 1),
        Release = Release.R82,
        State = MemberState.Active,
        Licensed = true,
        SyncAddressMatches = true,
        Upgrade = UpgradeState.None,
    };

    public static Gateway Free(string serial, int site = 1) =>
        Sgm(serial, site, 0) with { Group = null, MemberId = null, State = MemberState.Unassigned };

    public static OrchestratorStatus Orchestrator(string id, int site) => new(id, new(site), true, null)
    {
        Model = "MHO-175",
        Release = Release.R82,
        Take = 10,
        SyncPorts = [new("1/48/1", SyncPortKind.Internal, 100), new("1/47/1", SyncPortKind.Internal, 100)],
        RedundantSync = true,
        Upgrade = UpgradeState.None,
    };

    public FabricUnderTest With(Func<SecurityGroup, SecurityGroup> change)
    {
        Groups[0] = change(Groups[0]);
        return this;
    }

    public FabricUnderTest WithMembers(Func<Gateway, Gateway> change, params string[] serials)
    {
        for (var i = 0; i < Gateways.Count; i++)
        {
            if (serials.Length == 0 || serials.Contains(Gateways[i].Serial.Value))
            {
                Gateways[i] = change(Gateways[i]);
            }
        }

        return this;
    }

    public FabricUnderTest WithOrchestrator(Func<OrchestratorStatus, OrchestratorStatus> change)
    {
        Orchestrators[0] = change(Orchestrators[0]);
        return this;
    }

    public ImmutableArray<FabricFinding> Check() =>
        FabricChecks.Check(new(Noon, Groups, Gateways, Orchestrators), Limits, Allowances, [.. Telemetry]);

    /// <summary>The findings of a rule, of which there must be one.</summary>
    public FabricFinding One(string rule) => Assert.Single(Check(), f => f.Rule == rule);
}
