using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Upgrades;

/// <summary>
/// Who is upgraded with whom, and in which order. A batch is of one site. Sites that stand by come first, because
/// nothing in service is lost there; the site of the SMO comes last, and the SMO is in its last batch. Batches of a site
/// weigh about the same, so that none asks for a much quieter time than another.
/// </summary>
internal static class BatchOrder
{
    /// <param name="group">The group.</param>
    /// <param name="candidates">The members to upgrade.</param>
    /// <param name="smo">The group's SMO; null when there is none.</param>
    /// <param name="size">SGMs at a time, at least 1.</param>
    /// <param name="surviveSiteLoss">False when a site may be taken as a whole.</param>
    public static ImmutableArray<ImmutableArray<Gateway>> Of(
        UpgradeGroup group, IReadOnlyCollection<Gateway> candidates, Gateway? smo, int size, bool surviveSiteLoss)
    {
        var sites = candidates
            .GroupBy(m => m.Site)
            .OrderBy(s => group.Serves(s.Key))
            .ThenBy(s => s.Key == smo?.Site)
            .ThenBy(s => s.Key);
        return [.. sites.SelectMany(s => Batches([.. s], smo, Math.Min(size, Most(group, s.Key, surviveSiteLoss))))];
    }

    // All of a site are never out together where another site relies on it, nor all who serve.
    private static int Most(UpgradeGroup group, SiteId site, bool surviveSiteLoss)
    {
        var there = group.Ready.Count(m => m.Site == site);
        var alone = group.Serves(site) && group.Ready.All(m => m.Site == site || !group.Serves(m.Site));
        var reliedOn = surviveSiteLoss && group.IsSizedForSiteLoss;
        return Math.Max(1, alone || reliedOn ? there - 1 : there);
    }

    private static IEnumerable<ImmutableArray<Gateway>> Batches(List<Gateway> members, Gateway? smo, int size)
    {
        var batches = new List<Gateway>[(members.Count + size - 1) / size];
        for (var i = 0; i < batches.Length; i++)
        {
            batches[i] = [];
        }

        // The heaviest first, each to the lightest batch that has room; the SMO before all, to the last batch.
        var ordered = members
            .OrderByDescending(m => m.Serial == smo?.Serial)
            .ThenByDescending(m => m.Model.Weight)
            .ThenByDescending(m => m.MemberId ?? int.MaxValue)
            .ThenBy(m => m.Serial.Value, StringComparer.Ordinal);
        foreach (var member in ordered)
        {
            var batch = member.Serial == smo?.Serial
                ? batches[^1]
                : batches.Where(b => b.Count < size).MinBy(b => b.Sum(m => m.Model.Weight))!;
            batch.Add(member);
        }

        return batches
            .Select(b => b.OrderBy(m => m.Serial == smo?.Serial).ThenBy(m => m.Serial.Value, StringComparer.Ordinal))
            .Select(b => b.ToImmutableArray());
    }
}
