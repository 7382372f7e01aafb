using System.Collections.Immutable;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>All that the checks look at.</summary>
internal sealed class FabricFacts(
    FabricSnapshot fabric, FabricLimits limits, FabricAllowances allowances, ImmutableArray<GroupTelemetry> telemetry)
{
    public FabricSnapshot Fabric { get; } = fabric;

    public FabricLimits Limits { get; } = limits;

    public FabricAllowances Allowances { get; } = allowances;

    /// <summary>What is measured, of the groups of which that is known.</summary>
    public ImmutableArray<GroupTelemetry> Telemetry { get; } = telemetry;

    public ImmutableArray<GroupFacts> Groups { get; } = [.. fabric.Groups.Select(g => new GroupFacts(fabric, g))];

    public IEnumerable<OrchestratorStatus> OrchestratorsOn(SiteId site) =>
        Fabric.Orchestrators.Where(o => o.Site == site);
}
