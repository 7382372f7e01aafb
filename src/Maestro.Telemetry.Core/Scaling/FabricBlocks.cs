using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Fabric.Checks;
using Maestro.Telemetry.Scaling.Guards;

namespace Maestro.Telemetry.Scaling;

/// <summary>What the findings of the fabric checks, and operators on a site, forbid the planner.</summary>
internal sealed class FabricBlocks
{
    private readonly ILookup<SecurityGroupId, FabricFinding> _groups;
    private readonly ILookup<SiteId, FabricFinding> _sites;
    private readonly ILookup<GatewaySerial, FabricFinding> _gateways;
    private readonly HashSet<SiteId> _proposeOnly;
    private readonly PlannerInput _input;

    public FabricBlocks(PlannerInput input)
    {
        _input = input;
        var findings = FabricChecks.Check(input.Fabric, input.Limits, input.Allowances)
            .Where(f => f.Effect != FindingEffect.None)
            .ToImmutableArray();
        _gateways = findings.Where(f => f.Object.Serial is not null).ToLookup(f => f.Object.Serial!.Value);
        _groups = findings
            .Where(f => f.Object is { Serial: null, Group: not null, Site: null })
            .ToLookup(f => f.Object.Group!.Value);
        _sites = findings
            .Where(f => f.Object is { Serial: null, Group: null, Site: not null })
            .ToLookup(f => f.Object.Site!.Value);
        _proposeOnly =
        [
            .. input.Fabric.Orchestrators
                .GroupBy(o => o.Site)
                .Where(s => s.Count() == 1 && !input.Allowances.EnforceWithOneOrchestrator.Contains(s.Key))
                .Select(s => s.Key),
        ];
    }

    /// <summary>True on a site with one Orchestrator where nobody allowed to go on without asking (S11).</summary>
    public bool ProposeOnly(SiteId site) => _proposeOnly.Contains(site);

    /// <summary>Why nothing of the group may be changed in that way; null when it may.</summary>
    public Refusal? Group(SecurityGroupId id, FindingEffect effect) => First(_groups[id], effect);

    /// <summary>
    /// The same for a site, whatever the group, and what operators have stopped there. The caps of a group on a site are
    /// in the cap rules.
    /// </summary>
    public Refusal? Site(SiteId id, FindingEffect effect) =>
        Pauses.Why(_input, id, effect == FindingEffect.NoGrowth ? PauseDirection.Out : PauseDirection.In)
        ?? First(_sites[id], effect);

    /// <summary>What findings say of taking an SGM from its group, without what operators have stopped for a while.</summary>
    public Refusal? Findings(SecurityGroupId id, Gateway gateway, FindingEffect effect) =>
        Group(id, effect) ?? First(_sites[gateway.Site], effect) ?? Gateway(gateway.Serial, effect);

    /// <summary>The same for one SGM.</summary>
    public Refusal? Gateway(GatewaySerial serial, FindingEffect effect) => First(_gateways[serial], effect);

    private static Refusal? First(IEnumerable<FabricFinding> findings, FindingEffect effect) =>
        findings.FirstOrDefault(f => (f.Effect & effect) == effect) is { } finding
            ? new(ReasonOf(finding), $"{finding.Object}: {finding.Found}; required ({finding.Rule}): {finding.Required}")
            : null;

    private static ReasonCode ReasonOf(FabricFinding finding) => finding.Rule switch
    {
        "S1" or "S20" => ReasonCode.ReleaseTooOld,
        "S13" or "S14" => ReasonCode.ModelMismatch,
        "S9" or "S15" => ReasonCode.UpgradeInProgress,
        _ => ReasonCode.FabricRule,
    };
}
