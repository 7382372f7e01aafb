using Maestro.Telemetry.Fabric;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>
/// What must be left when a site is lost: in an active-standby group a site that can take over all of the work, in a
/// VSLS group all but the lost site. The demand may then use the share of capacity that the policy has for survival.
/// </summary>
internal static class SiteLoss
{
    /// <summary>Units that the demand asks for after the loss; 0 where no loss is planned for.</summary>
    public static double Needed(PlannerInput input, GroupState state, GroupNeed need) =>
        IsPlannedFor(state)
            ? need.Terms
                .Where(t => t.Source is DesiredCapacity.Survive or DesiredCapacity.Reactive)
                .Select(t => t.Demand / DesiredCapacity.UnitCapacity(input, t.Resource!.Value))
                .DefaultIfEmpty(0)
                .Max() / state.Policy.SurviveUtilization
            : 0;

    /// <summary>True when too little would be left, with all that is on its way.</summary>
    public static bool IsShort(GroupState state) => Shortest(state) is { } left
        && left.Units + PlannerRules.DeadBandOut < state.SiteLossUnits;

    /// <summary>Units that would be missing after the loss; 0 where none would.</summary>
    public static double Missing(GroupState state) =>
        Shortest(state) is { } left ? Math.Max(0, state.SiteLossUnits - left.Units) : 0;

    /// <summary>The sites that another SGM would help.</summary>
    public static IEnumerable<SiteId> SitesToGrow(GroupState state) => Shortest(state)?.Sites ?? [];

    /// <summary>Why the group is short, for the record.</summary>
    public static string Because(GroupState state)
    {
        var left = Shortest(state)!.Value;
        return Invariant($"it needs {state.SiteLossUnits:F1} units when site {left.Lost} is lost and would have ")
            + Invariant($"{left.Units:F1} on {Words.Sites(left.Sites)}");
    }

    /// <summary>Why the loss of a site would not be survived without this member; null when it would.</summary>
    public static Refusal? Fails(PlannerInput input, GroupState state, Gateway leaving)
    {
        if (!IsPlannedFor(state))
        {
            return null;
        }

        var staying = state.Members.Where(m => m.Serial != leaving.Serial && state.IsHealthy(m)).ToList();
        var needed = Math.Max(state.SiteLossUnits, Needed(input, state, state.LongNeed));
        var bad = Losses(state, staying)
            .Where(l => l.Sites.Contains(leaving.Site) && l.Units + PlannerRules.Tolerance < needed)
            .Select(l => ((SiteId Lost, double Units)?)(l.Lost, l.Units))
            .FirstOrDefault();
        return bad is { } loss
            ? new(
                ReasonCode.SiteLoss,
                Invariant($"without it {loss.Units:F1} units would be left when site {loss.Lost} is lost, ")
                    + Invariant($"and {needed:F1} are needed then"))
            : null;
    }

    private static bool IsPlannedFor(GroupState state) =>
        (state.Group.HasStandbySite || state.Group.Mode == ClusteringMode.Vsls)
        && state.Members.Select(m => m.Site).Distinct().Skip(1).Any();

    private static (SiteId Lost, IReadOnlyList<SiteId> Sites, double Units)? Shortest(GroupState state) =>
        IsPlannedFor(state)
            ? Losses(state, [.. state.Expected.Concat(state.Standby)])
                .OrderBy(l => l.Units)
                .ThenBy(l => l.Lost)
                .Select(l => ((SiteId, IReadOnlyList<SiteId>, double)?)l)
                .FirstOrDefault()
            : null;

    // One site of an active-standby group takes over: the largest of those that stand by. Of VSLS, all the others do.
    private static IEnumerable<(SiteId Lost, IReadOnlyList<SiteId> Sites, double Units)> Losses(
        GroupState state, List<Gateway> gateways)
    {
        var sites = state.Members.Select(m => m.Site).Distinct().Order().ToList();
        if (!state.Group.HasStandbySite)
        {
            return sites.Select(lost => (
                lost, (IReadOnlyList<SiteId>)[.. sites.Where(s => s != lost)], UnitsOn(s => s != lost)));
        }

        var serving = state.ServingSite!.Value;
        var next = sites.Where(s => s != serving).OrderByDescending(s => UnitsOn(o => o == s)).ThenBy(s => s).First();
        return
        [
            (serving, [next], UnitsOn(s => s == next)),
            (next, [serving], UnitsOn(s => s == serving)),
        ];

        double UnitsOn(Func<SiteId, bool> which) => gateways.Where(g => which(g.Site)).Sum(g => g.Model.Weight);
    }
}
