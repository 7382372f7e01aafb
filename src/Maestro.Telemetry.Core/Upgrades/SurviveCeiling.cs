using Maestro.Telemetry.Fabric;
using static System.FormattableString;

namespace Maestro.Telemetry.Upgrades;

/// <summary>
/// The survive ceiling while SGMs are out on purpose. What is left must carry the demand with the share of capacity that
/// the policy has for survival, after the loss of as many more members as the policy says. A group that is made to
/// survive the loss of a site (S17, S18, S19) must be able to meanwhile.
/// </summary>
internal static class SurviveCeiling
{
    private const double NothingLeft = -1;

    /// <summary>The lowest of the ceilings that these SGMs have a part in; all of them for no SGMs.</summary>
    public static Ceiling Of(UpgradeGroup group, IReadOnlyCollection<Gateway> outside, bool surviveSiteLoss)
    {
        var gone = outside.Select(g => g.Serial).ToHashSet();
        var left = group.Ready.Where(m => !gone.Contains(m.Serial)).ToList();
        var serving = left.Where(m => group.Serves(m.Site)).ToList();
        var lowest = new Ceiling(
            double.PositiveInfinity, serving.Count, "S15: it is on a site that stands by, and nothing in service is lost");
        if (outside.Count == 0 || outside.Any(m => group.Serves(m.Site)))
        {
            lowest = OfService(group, serving);
        }

        if (surviveSiteLoss && group.IsSizedForSiteLoss)
        {
            foreach (var ceiling in OfSiteLosses(group, outside, left, serving.Count))
            {
                lowest = ceiling.Units < lowest.Units ? ceiling : lowest;
            }
        }

        return lowest;
    }

    private static Ceiling OfService(UpgradeGroup group, List<Gateway> serving)
    {
        var share = group.Policy!.SurviveUtilization;
        var units = serving.Select(m => m.Model.Weight).Order().SkipLast(group.Failures).Sum();
        var more = group.Failures == 0 ? string.Empty : $", after the loss of {group.Failures} more";
        return serving.Count > group.Failures
            ? new(units * share, serving.Count, Invariant($"S15: {units:0.##} units are left{more}, used to {share * 100:0} %"))
            : new(NothingLeft, serving.Count, $"S15: {UpgradeWords.Sgms(serving.Count)} left to serve{more} is none");
    }

    private static IEnumerable<Ceiling> OfSiteLosses(
        UpgradeGroup group, IReadOnlyCollection<Gateway> outside, List<Gateway> left, int serving)
    {
        var share = group.Policy!.SurviveUtilization;
        foreach (var (lost, others) in Losses(group))
        {
            if (outside.Count > 0 && !outside.Any(m => others.Contains(m.Site)))
            {
                continue;
            }

            var carriers = left.Where(m => others.Contains(m.Site)).ToList();
            var units = carriers.Sum(m => m.Model.Weight);
            yield return new(
                carriers.Count == 0 ? NothingLeft : units * share,
                serving,
                Invariant($"{group.SiteRule}: {units:0.##} units are left when site {lost} is lost, used to {share * 100:0} %"));
        }
    }

    // One site of an active-standby group takes over: the largest of those that stand by. Of VSLS, all the others do.
    private static IEnumerable<(SiteId Lost, IReadOnlyList<SiteId> Others)> Losses(UpgradeGroup group)
    {
        if (group.ServingSite is not { } serving)
        {
            return group.Sites.Select(lost => (lost, (IReadOnlyList<SiteId>)[.. group.Sites.Where(s => s != lost)]));
        }

        var next = group.Sites
            .Where(s => s != serving)
            .OrderByDescending(s => group.Ready.Where(m => m.Site == s).Sum(m => m.Model.Weight))
            .ThenBy(s => s)
            .First();
        return [(serving, [next]), (next, [serving])];
    }
}
