namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>S9: an Orchestrator under upgrade freezes its site. S11: two Orchestrators on a site.</summary>
internal static class OrchestratorChecks
{
    public static IEnumerable<FabricFinding> Run(FabricFacts facts) =>
        facts.Fabric.Sites.SelectMany(s => Redundancy(facts, s)).Concat(facts.Fabric.Orchestrators.SelectMany(Check));

    private static IEnumerable<FabricFinding> Redundancy(FabricFacts facts, SiteId site)
    {
        var orchestrators = facts.OrchestratorsOn(site).ToList();
        if (orchestrators.Count == 0)
        {
            yield return new()
            {
                Rule = "S11",
                Severity = FindingSeverity.Info,
                Object = FabricObject.Of(site),
                Found = "the Orchestrators of the site are not known",
                Required = "two, so that none is a single point of failure",
                Remedy = "Name them in Maestro:Gaia:Orchestrators",
            };
        }
        else if (orchestrators.Count == 1)
        {
            var allowed = facts.Allowances.EnforceWithOneOrchestrator.Contains(site);
            yield return new()
            {
                Rule = "S11",
                Severity = FindingSeverity.Warning,
                Object = FabricObject.Of(site),
                Found = $"one Orchestrator, {orchestrators[0].Id}",
                Required = "two in production, so that none is a single point of failure",
                Remedy = allowed
                    ? "Add one; Maestro:Fabric:EnforceWithOneOrchestrator allows changes without asking meanwhile"
                    : "Add one, name both in Maestro:Gaia:Orchestrators, or allow changes without asking in "
                        + "Maestro:Fabric:EnforceWithOneOrchestrator; until then they are proposed",
            };
        }
    }

    private static IEnumerable<FabricFinding> Check(OrchestratorStatus orchestrator)
    {
        if (orchestrator.Upgrade is UpgradeState.InProgress or UpgradeState.Failed)
        {
            var failed = orchestrator.Upgrade == UpgradeState.Failed;
            yield return new()
            {
                Rule = "S9",
                Severity = failed ? FindingSeverity.Error : FindingSeverity.Warning,
                Object = FabricObject.Of(orchestrator),
                Found = failed ? "its upgrade failed" : "it is being upgraded",
                Required = "no change on the site meanwhile; the other Orchestrator goes on",
                Remedy = failed
                    ? "Repair it, and tell so in Maestro:Fabric:Orchestrators"
                    : "Finish the upgrade, and tell so in Maestro:Fabric:Orchestrators",
                Effect = FindingEffect.NoChange,
            };
        }

        if (!orchestrator.Reachable)
        {
            yield return new()
            {
                Rule = "S11",
                Severity = FindingSeverity.Warning,
                Object = FabricObject.Of(orchestrator),
                Found = "it does not answer",
                Required = "two Orchestrators that work",
                Remedy = "Look after it: the other one is a single point of failure meanwhile",
            };
        }
    }
}
