namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>S1: scaling from R81.20. S7: one release in a group. S22, S24: what comes with R81.20.</summary>
internal static class ReleaseChecks
{
    public static IEnumerable<FabricFinding> Run(FabricFacts facts) => facts.Groups.SelectMany(Check);

    private static IEnumerable<FabricFinding> Check(GroupFacts group)
    {
        var about = FabricObject.Of(group.Group);
        if (group.Releases is [var lowest, ..] && lowest < Release.R8120)
        {
            yield return new()
            {
                Rule = "S1",
                Severity = FindingSeverity.Error,
                Object = about,
                Found = $"a member runs {lowest}",
                Required = "R81.20 or later, from which SGMs are added and removed by load",
                Remedy = "Upgrade the group; until then it is left as it is",
                Effect = FindingEffect.NoChange,
            };
            yield return Feature("S22", "CoreXL Dynamic Balancing", lowest);
            yield return Feature("S24", "HyperFlow, which spreads an elephant flow over cores", lowest);
        }

        if (group.Members.FirstOrDefault(m => !m.Release.IsKnown) is { } unknown)
        {
            yield return new()
            {
                Rule = "S1",
                Severity = FindingSeverity.Info,
                Object = about,
                Found = $"the release of SGM {unknown.Serial} is not known ('{unknown.Release}')",
                Required = "R81.20 or later",
                Remedy = "See what the Orchestrator says of the SGM; until then the group is left as it is",
                Effect = FindingEffect.NoChange,
            };
        }

        if (group.Releases.Length > 1)
        {
            yield return new()
            {
                Rule = "S7",
                Severity = group.IsUpgrading ? FindingSeverity.Info : FindingSeverity.Warning,
                Object = about,
                Found = $"its members run {string.Join(" and ", group.Releases)}",
                Required = "one release in a group, other than while it is upgraded",
                Remedy = "Bring all members to one release; an SGM joins only with the release that most members have",
            };
        }

        FabricFinding Feature(string rule, string name, Release release) => new()
        {
            Rule = rule,
            Severity = FindingSeverity.Info,
            Object = about,
            Found = $"{release} has no {name}",
            Required = "R81.20 or later",
            Remedy = "Watch the busiest core of its SGMs: a hot core in a cool group is not helped by another SGM",
        };
    }
}
