using System.Collections.Immutable;

namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>All that the checks look at.</summary>
internal sealed class FabricFacts(FabricSnapshot fabric, FabricLimits limits, FabricAllowances allowances)
{
    public FabricSnapshot Fabric { get; } = fabric;

    public FabricLimits Limits { get; } = limits;

    public FabricAllowances Allowances { get; } = allowances;

    public ImmutableArray<GroupFacts> Groups { get; } = [.. fabric.Groups.Select(g => new GroupFacts(fabric, g))];

    public IEnumerable<OrchestratorStatus> OrchestratorsOn(SiteId site) =>
        Fabric.Orchestrators.Where(o => o.Site == site);
}
