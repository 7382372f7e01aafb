namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>S27: each group has an SMO. S1: what the SMO hands to an SGM that joins.</summary>
internal static class SmoChecks
{
    public static IEnumerable<FabricFinding> Run(FabricFacts facts) =>
        facts.Groups.Where(g => g.Members.Length > 0).SelectMany(Check);

    private static IEnumerable<FabricFinding> Check(GroupFacts group)
    {
        var about = FabricObject.Of(group.Group);
        if (group.Smo is null)
        {
            yield return new()
            {
                Rule = "S27",
                Severity = FindingSeverity.Warning,
                Object = about,
                Found = "no member is ACTIVE, so the group has no SMO",
                Required = "an SMO, the ACTIVE member with the lowest id",
                Remedy = "See asg stat -v on the group; nothing is removed until then",
                Effect = FindingEffect.NoRemoval,
            };
        }
        else if (group.Smo.MemberId is null)
        {
            yield return new()
            {
                Rule = "S27",
                Severity = FindingSeverity.Info,
                Object = about,
                Found = "the member ids are not known, so which member is the SMO is not known",
                Required = "the SMO, which leaves last",
                Remedy = "Name the Orchestrators in Maestro:Gaia:Orchestrators",
            };
        }

        if (group.Group.ImageCloning is false && group.Models.Length == 1)
        {
            yield return new()
            {
                Rule = "S1",
                Severity = FindingSeverity.Warning,
                Object = about,
                Found = "SMO Image Cloning is off",
                Required = "on, so that an SGM that joins gets the software of the group",
                Remedy = "In gClish, when no packages are being installed: set smo image auto-clone state on",
            };
        }
    }
}
