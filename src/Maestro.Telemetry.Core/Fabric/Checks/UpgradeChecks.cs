namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>S15: SGMs are upgraded one by one or in batches; meanwhile their group keeps what it has.</summary>
internal static class UpgradeChecks
{
    public static IEnumerable<FabricFinding> Run(FabricFacts facts)
    {
        foreach (var group in facts.Groups.Where(g => g.IsUpgrading))
        {
            var upgrading = group.Members.Where(m => m.Upgrade == UpgradeState.InProgress).Select(m => m.Serial);
            yield return new()
            {
                Rule = "S15",
                Severity = FindingSeverity.Warning,
                Object = FabricObject.Of(group.Group),
                Found = $"SGM {string.Join(", ", upgrading)} is being upgraded",
                Required = "no removal while SGMs of the group are out for an upgrade",
                Remedy = "Finish the upgrade, and tell so in Maestro:Fabric:Gateways",
                Effect = FindingEffect.NoRemoval,
            };
        }

        foreach (var gateway in facts.Fabric.Gateways.Where(g => g.Upgrade is UpgradeState.InProgress or UpgradeState.Failed))
        {
            var failed = gateway.Upgrade == UpgradeState.Failed;
            yield return new()
            {
                Rule = "S15",
                Severity = failed ? FindingSeverity.Error : FindingSeverity.Info,
                Object = FabricObject.Of(gateway),
                Found = failed ? "its upgrade failed" : "it is being upgraded",
                Required = "an SGM whose software is whole, before it goes anywhere",
                Remedy = failed
                    ? "Repair it, and tell so in Maestro:Fabric:Gateways"
                    : "Finish the upgrade, and tell so in Maestro:Fabric:Gateways",
                Effect = FindingEffect.NoChange,
            };
        }
    }
}
