using static System.FormattableString;

namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>S26: each SGM has its own licence, and a sync address that matches its SKU.</summary>
internal static class LicenceChecks
{
    public static IEnumerable<FabricFinding> Run(FabricFacts facts)
    {
        foreach (var gateway in facts.Fabric.Gateways)
        {
            if (gateway.Licensed is false)
            {
                yield return Wrong(
                    gateway, "it has no valid licence", "a licence of its own", "License it: asg_license_verifier -v tells");
            }

            if (gateway.SyncAddressMatches is false)
            {
                yield return Wrong(
                    gateway,
                    "its sync address does not match the SKU of the appliance",
                    "a sync address that matches the SKU",
                    "Have the licence issued for this appliance");
            }
        }

        var unknown = facts.Fabric.Gateways.Count(g => g.Licensed is null);
        if (unknown > 0)
        {
            yield return new()
            {
                Rule = "S26",
                Severity = FindingSeverity.Info,
                Object = FabricObject.Whole,
                Found = Invariant($"the licence of {unknown} of {facts.Fabric.Gateways.Length} SGMs is not known"),
                Required = "a valid licence on every SGM",
                Remedy = "State it in Maestro:Fabric:Gateways; until then they count as licensed",
            };
        }
    }

    private static FabricFinding Wrong(Gateway gateway, string found, string required, string remedy) => new()
    {
        Rule = "S26",
        Severity = FindingSeverity.Error,
        Object = FabricObject.Of(gateway),
        Found = found,
        Required = required,
        Remedy = $"{remedy}, and state it in Maestro:Fabric:Gateways; it joins no group until then",
        Effect = FindingEffect.NoGrowth,
    };
}
