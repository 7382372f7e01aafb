namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>S13: different models in a group from R81.10. S14: only those that are certified together.</summary>
internal static class ModelChecks
{
    public static IEnumerable<FabricFinding> Run(FabricFacts facts) =>
        facts.Groups.Where(g => g.Models.Length > 1).SelectMany(g => Check(facts, g));

    private static IEnumerable<FabricFinding> Check(FabricFacts facts, GroupFacts group)
    {
        var about = FabricObject.Of(group.Group);
        var models = string.Join(" and ", group.Models);
        if (group.Releases is [var lowest, ..] && lowest < Release.R8110)
        {
            yield return new()
            {
                Rule = "S13",
                Severity = FindingSeverity.Error,
                Object = about,
                Found = $"the models {models} with {lowest}",
                Required = "R81.10 or later for different models in one group",
                Remedy = "Upgrade the group, or keep one model; until then it is left as it is",
                Effect = FindingEffect.NoChange,
            };
        }

        if (group.Group.ImageCloning is true)
        {
            yield return new()
            {
                Rule = "S13",
                Severity = FindingSeverity.Warning,
                Object = about,
                Found = $"SMO Image Cloning is on with the models {models}",
                Required = "off in a group of different models",
                Remedy = "In gClish: set smo image auto-clone state off",
            };
        }

        foreach (var model in group.Models)
        {
            var others = group.Models
                .Where(o => string.CompareOrdinal(model, o) < 0 && !facts.Allowances.MayMix(model, o));
            foreach (var other in others)
            {
                yield return new()
                {
                    Rule = "S14",
                    Severity = FindingSeverity.Error,
                    Object = about,
                    Found = $"the models {model} and {other}, which Maestro:Fabric:CertifiedMixes does not have together",
                    Required = "a combination that is certified in sk162373",
                    Remedy = "Add the pair to Maestro:Fabric:CertifiedMixes when it is certified, or keep one model; "
                        + "nothing joins the group until then",
                    Effect = FindingEffect.NoGrowth,
                };
            }
        }
    }
}
