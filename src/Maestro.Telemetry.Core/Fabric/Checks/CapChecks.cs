using static System.FormattableString;

namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>S5, S6: the caps of a group on a site and over all sites. S8: more than two sites.</summary>
internal static class CapChecks
{
    public static IEnumerable<FabricFinding> Run(FabricFacts facts)
    {
        foreach (var group in facts.Groups)
        {
            foreach (var site in group.Sites.Where(s => group.CountOn(s) > facts.Limits.MaxMembersPerSite))
            {
                yield return new()
                {
                    Rule = "S5",
                    Severity = FindingSeverity.Error,
                    Object = FabricObject.Of(group.Group, site),
                    Found = Invariant($"{group.CountOn(site)} SGMs of the group on the site"),
                    Required = Invariant($"at most {facts.Limits.MaxMembersPerSite}"),
                    Remedy = "Take SGMs out of the group there; nothing joins it",
                    Effect = FindingEffect.NoGrowth,
                };
            }

            if (group.Members.Length > facts.Limits.MaxMembersPerGroup)
            {
                yield return new()
                {
                    Rule = "S6",
                    Severity = FindingSeverity.Error,
                    Object = FabricObject.Of(group.Group),
                    Found = Invariant($"{group.Members.Length} SGMs over {group.Sites.Length} sites"),
                    Required = Invariant($"at most {facts.Limits.MaxMembersPerGroup} over all sites"),
                    Remedy = "Take SGMs out of the group; nothing joins it",
                    Effect = FindingEffect.NoGrowth,
                };
            }

            if (group.Sites.Length > 2)
            {
                yield return new()
                {
                    Rule = "S8",
                    Severity = FindingSeverity.Warning,
                    Object = FabricObject.Of(group.Group),
                    Found = Invariant($"it is on {group.Sites.Length} sites"),
                    Required = "one or two sites; more are planned for a later release of Maestro",
                    Remedy = "Make sure that the release supports it, and set the caps of Maestro:Fabric to what it allows",
                };
            }
        }
    }
}
