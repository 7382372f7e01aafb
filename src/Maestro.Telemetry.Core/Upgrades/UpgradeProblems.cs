using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Fabric.Checks;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Upgrades;

/// <summary>What stands against an upgrade of a group whatever the demand, and what is to be told beside a plan.</summary>
internal static class UpgradeProblems
{
    private static readonly ImmutableHashSet<string> Stopping = ["S9", "S15", "S17", "S18", "S19", "S27"];

    public static ImmutableArray<UpgradeProblem> Of(UpgradeInput input, UpgradeGroup group) =>
        [.. OfMembers(group), .. OfFindings(input, group), .. OfForecasts(input, group)];

    /// <summary>Why the group's demand cannot be foreseen.</summary>
    public static IEnumerable<UpgradeProblem> OfForecasts(UpgradeInput input, UpgradeGroup group)
    {
        if (group.Policy is null)
        {
            yield return new(
                "NO_POLICY",
                $"{UpgradeWords.Name(group.Group)} has no scaling policy; name it in Maestro:Fabric:Groups.");
            yield break;
        }

        foreach (var resource in UnitCapacities.Limiting(input.UnitCapacity))
        {
            var outlook = Outlook(input, group.Group.Id, resource);
            if (ForecastRules.Problem(outlook?.Forecast, input.Now) is { } problem)
            {
                yield return new(
                    ReasonCodes.ToCode(ReasonCode.ForecastUntrusted),
                    $"{UpgradeWords.Name(group.Group)}, {Words.Of(resource)}: {problem}; "
                        + "nothing is taken out without a forecast that may be relied on.");
            }
            else if (outlook!.Paths.Length % outlook.Forecast.Steps != 0)
            {
                yield return new(
                    ReasonCodes.ToCode(ReasonCode.ForecastUntrusted),
                    $"{UpgradeWords.Name(group.Group)}, {Words.Of(resource)}: the paths do not have the forecast's steps.");
            }
        }
    }

    public static IEnumerable<ResourceOutlook> Outlooks(UpgradeInput input, SecurityGroupId group) =>
        UnitCapacities.Limiting(input.UnitCapacity).Select(r => Outlook(input, group, r)).OfType<ResourceOutlook>();

    /// <summary>What else the checks of the fabric say of the group, and what the plan takes for granted.</summary>
    public static IEnumerable<string> Notes(UpgradeInput input, UpgradeGroup group)
    {
        yield return $"The plan takes for granted that the group keeps its {UpgradeWords.Sgms(group.Members.Length)}: hold the "
            + $"autoscaler meanwhile with `maestro pause {group.Group.Id}`.";
        if (group.Members.Any(m => m.MemberId is null))
        {
            yield return "S27: the member ids are not known, so which SGM is the SMO is a guess; see `asg stat -i tasks` on the "
                + "group, and take the SMO last.";
        }

        if (group.Group.ImageCloning is not false)
        {
            yield return "SMO Image Cloning must be off while packages are installed, and on again afterwards: in gClish, set smo "
                + "image auto-clone state off.";
        }

        foreach (var finding in Findings(input, group).Where(f => f.Effect != FindingEffect.None && !IsStopping(f)))
        {
            yield return finding.ToString();
        }
    }

    private static ResourceOutlook? Outlook(UpgradeInput input, SecurityGroupId group, Series.Resource resource) =>
        input.Outlooks
            .Where(o => o.Forecast.Group == group && o.Forecast.Resource == resource)
            .OrderByDescending(o => o.Forecast.IssuedAt)
            .ThenBy(o => o.Forecast.Model, StringComparer.Ordinal)
            .FirstOrDefault();

    private static IEnumerable<UpgradeProblem> OfMembers(UpgradeGroup group)
    {
        if (group.Members.IsEmpty)
        {
            yield return new("NO_MEMBERS", $"{UpgradeWords.Name(group.Group)} has no SGM.");
        }

        foreach (var member in group.Members.Where(m => !group.Ready.Contains(m)))
        {
            yield return new(
                ReasonCodes.ToCode(ReasonCode.MemberNotActive),
                $"SGM {member.Serial} is {member.State}, not ACTIVE; bring it back first, see asg stat -v on the group.");
        }
    }

    private static IEnumerable<UpgradeProblem> OfFindings(UpgradeInput input, UpgradeGroup group) =>
        Findings(input, group).Where(IsStopping).Select(f => new UpgradeProblem(f.Rule, f.ToString()));

    private static bool IsStopping(FabricFinding finding) =>
        finding.Effect.HasFlag(FindingEffect.NoRemoval) && Stopping.Contains(finding.Rule);

    private static IEnumerable<FabricFinding> Findings(UpgradeInput input, UpgradeGroup group) =>
        FabricChecks.Check(input.Fabric, input.Limits, input.Allowances).Where(f => f.Object switch
        {
            { Serial: { } serial } => group.Members.Any(m => m.Serial == serial),
            { Group: { } id } => id == group.Group.Id,
            { Site: { } site } => group.Sites.Contains(site),
            _ => false,
        });
}
