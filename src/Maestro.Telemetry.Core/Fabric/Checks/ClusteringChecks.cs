using static System.FormattableString;

namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>
/// S17, S18: the standby site is sized for the take-over. S19: VSLS survives the loss of a site. S20: active-active
/// from R82. S21: the mode is one of the group, so all of it is asked per group.
/// </summary>
internal static class ClusteringChecks
{
    public static IEnumerable<FabricFinding> Run(FabricFacts facts) =>
        facts.Groups.Where(g => g.Members.Length > 0).SelectMany(Check);

    private static IEnumerable<FabricFinding> Check(GroupFacts group) => group.Group.Mode switch
    {
        ClusteringMode.ActiveStandby => Standby("S17", group).Concat(Kind("S17", group, vsx: false)),
        ClusteringMode.VsxActiveStandby => Standby("S18", group).Concat(Kind("S18", group, vsx: true)),
        ClusteringMode.Vsls => LossOfASite(group).Concat(Kind("S19", group, vsx: true)),
        ClusteringMode.ActiveActive => ActiveActive(group),
        _ when group.Sites.Length > 1 =>
        [
            new()
            {
                Rule = "S21",
                Severity = FindingSeverity.Info,
                Object = FabricObject.Of(group.Group),
                Found = "its clustering mode is not known, and every site counts as serving",
                Required = "the mode of a group on more than one site",
                Remedy = "State it in Clustering of the group in Maestro:Fabric:Groups",
            },
        ],
        _ => [],
    };

    private static IEnumerable<FabricFinding> Standby(string rule, GroupFacts group)
    {
        if (group.Sites.Length == 1)
        {
            yield return OneSite(rule, group);
            yield break;
        }

        // Which site serves may change at any time: each must do for the largest.
        var largest = group.Sites.Max(group.UnitsOn);
        foreach (var site in group.Sites.Where(s => group.UnitsOn(s) < largest - 1e-9))
        {
            yield return new()
            {
                Rule = rule,
                Severity = FindingSeverity.Warning,
                Object = FabricObject.Of(group.Group, site),
                Found = Invariant($"{group.UnitsOn(site):0.##} units, while another site of the group has {largest:0.##}"),
                Required = "a standby site that can take over all of the work",
                Remedy = "Give the site as much; the planner does where the demand asks for it and an SGM is free",
            };
        }
    }

    private static IEnumerable<FabricFinding> LossOfASite(GroupFacts group)
    {
        if (group.Sites.Length == 1)
        {
            yield return OneSite("S19", group);
            yield break;
        }

        var total = group.Members.Sum(m => m.Model.Weight);
        foreach (var site in group.Sites.Where(s => group.UnitsOn(s) > (total / 2) + 1e-9))
        {
            yield return new()
            {
                Rule = "S19",
                Severity = FindingSeverity.Warning,
                Object = FabricObject.Of(group.Group, site),
                Found = Invariant($"{group.UnitsOn(site):0.##} of the group's {total:0.##} units are on the site"),
                Required = "no more than half: what is left must do when the site is lost",
                Remedy = "Share the SGMs out evenly; the planner grows the smaller site first",
            };
        }
    }

    private static IEnumerable<FabricFinding> Kind(string rule, GroupFacts group, bool vsx)
    {
        if (group.Group.IsVsx is { } isVsx && isVsx != vsx)
        {
            yield return new()
            {
                Rule = rule,
                Severity = FindingSeverity.Error,
                Object = FabricObject.Of(group.Group),
                Found = $"the mode is {group.Group.Mode}, and the group is {(isVsx ? "a VSX group" : "no VSX group")}",
                Required = vsx ? "a VSX group for this mode" : "a group of Security Gateways for this mode",
                Remedy = "Put Clustering of the group in Maestro:Fabric:Groups right; nothing is removed until then",
                Effect = FindingEffect.NoRemoval,
            };
        }
    }

    private static IEnumerable<FabricFinding> ActiveActive(GroupFacts group)
    {
        if (group.Releases is [var lowest, ..] && lowest < Release.R82)
        {
            yield return new()
            {
                Rule = "S20",
                Severity = FindingSeverity.Error,
                Object = FabricObject.Of(group.Group),
                Found = $"active-active with {lowest}",
                Required = "R82 or later for active-active",
                Remedy = "Put Clustering of the group in Maestro:Fabric:Groups right, or upgrade it; "
                    + "until then it is left as it is",
                Effect = FindingEffect.NoChange,
            };
        }
    }

    private static FabricFinding OneSite(string rule, GroupFacts group) => new()
    {
        Rule = rule,
        Severity = FindingSeverity.Warning,
        Object = FabricObject.Of(group.Group),
        Found = $"the mode is {group.Group.Mode}, and all members are on site {group.Sites[0]}",
        Required = "members on two sites for this mode",
        Remedy = "Give it members on another site, or leave Clustering out for a group on one site",
    };
}
