using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling.Learning;
using static System.FormattableString;

namespace Maestro.Telemetry.Upgrades;

/// <summary>What would make a plan where there is none. Each was tried: with it there is one.</summary>
internal static class UpgradeReliefs
{
    private const int MostAdded = 8;

    public static IEnumerable<UpgradeRelief> Of(UpgradeInput input, UpgradeGroup group, UpgradePlan plan, Release? target)
    {
        var task = new UpgradeTask(input, group, plan.BatchSize, target, [], input.Now);
        UpgradeRelief?[] all =
        [
            SmallerBatch(task),
            MoreMembers(task, plan.Batches.First(b => b.Start is null).Site),
            MoreTime(task),
            FewerFailures(task),
            NoSiteLoss(task),
        ];
        return all.OfType<UpgradeRelief>();
    }

    private static UpgradeRelief? SmallerBatch(UpgradeTask task)
    {
        var largest = UpgradePlanner.Schedule(task).Batches.Max(b => b.Serials.Length);
        for (var size = Math.Min(task.BatchSize, largest) - 1; size >= 1; size--)
        {
            if (Try(task with { BatchSize = size }) is { } found)
            {
                return Relief(
                    task, UpgradeReliefKind.SmallerBatch, size, found, Invariant($"With {size} at a time (--batch {size})"));
            }
        }

        return null;
    }

    private static UpgradeRelief? MoreMembers(UpgradeTask task, SiteId site)
    {
        var lead = LeadTime.Of(task.Input.LeadTimes, task.Group.Policy!, task.Input.Fabric).Value;
        for (var count = 1; count <= MostAdded; count++)
        {
            foreach (var sites in new[] { [site], task.Group.Sites }.Take(task.Group.Sites.Length))
            {
                ImmutableArray<Gateway> added = [.. sites.SelectMany(s => Added(task.Group, s, count))];
                var with = task with { Joining = added, From = task.From + lead };
                if (BreaksACap(task, added) || Try(with) is not { } found)
                {
                    continue;
                }

                var where = sites.Length == 1 ? $"on site {site}" : "on each site";
                var free = string.Join(", ", sites.Select(s => Invariant($"{Fitting(task, s)} on site {s}")));
                return Relief(
                    task,
                    UpgradeReliefKind.MoreMembers,
                    added.Length,
                    found,
                    Invariant($"With {UpgradeWords.Sgms(count)} more {where} first (free and fitting: {free})"));
            }
        }

        return null;
    }

    private static UpgradeRelief? MoreTime(UpgradeTask task)
    {
        var end = UpgradeProblems.Outlooks(task.Input, task.Group.Group.Id)
            .Min(o => o.Forecast.Start + (o.Forecast.Step * o.Forecast.Steps));
        var reach = end - task.Input.Now;
        if (reach <= task.Input.Within || Try(task with { Input = task.Input with { Within = reach } }) is not { } found)
        {
            return null;
        }

        var hours = (int)Math.Ceiling((found.Batches[^1].Start!.Value + task.Input.BatchTime - task.Input.Now).TotalHours);
        return Relief(task, UpgradeReliefKind.MoreTime, hours, found, Invariant($"With more time (--within {hours}h)"));
    }

    private static UpgradeRelief? FewerFailures(UpgradeTask task)
    {
        for (var failures = task.Group.Failures - 1; failures >= 0; failures--)
        {
            var input = task.Input with { Failures = failures };
            if (Try(task with { Input = input, Group = new UpgradeGroup(input, task.Group.Group) }) is { } found)
            {
                var what = failures == 0 ? "no spare SGM" : Invariant($"{UpgradeWords.Sgms(failures)} to spare");
                return Relief(
                    task,
                    UpgradeReliefKind.FewerFailures,
                    failures,
                    found,
                    Invariant($"With {what} while a batch is out (--failures {failures})"));
            }
        }

        return null;
    }

    private static UpgradeRelief? NoSiteLoss(UpgradeTask task) =>
        task.Input.SurviveSiteLoss
        && task.Group.IsSizedForSiteLoss
        && Try(task with { Input = task.Input with { SurviveSiteLoss = false } }) is { } found
            ? Relief(
                task,
                UpgradeReliefKind.NoSiteLoss,
                0,
                found,
                "When the loss of a site need not be survived while a batch is out (--accept-site-loss)")
            : null;

    private static UpgradePlan? Try(UpgradeTask task) => UpgradePlanner.Schedule(task) is { Found: true } plan ? plan : null;

    private static UpgradeRelief Relief(
        UpgradeTask task, UpgradeReliefKind kind, int amount, UpgradePlan plan, string with)
    {
        var start = plan.Batches[0].Start!.Value;
        var end = plan.Batches[^1].Start!.Value + task.Input.BatchTime;
        return new(
            kind,
            amount,
            start,
            end,
            $"{with} the first batch could start at {UpgradeWords.At(start)} and all be done by {UpgradeWords.At(end)}.");
    }

    // Like most there, and in service when the upgrade begins.
    private static IEnumerable<Gateway> Added(UpgradeGroup group, SiteId site, int count)
    {
        var like = group.Ready
            .GroupBy(m => m.Model)
            .OrderByDescending(m => m.Count(g => g.Site == site))
            .ThenByDescending(m => m.Count())
            .ThenBy(m => m.Key.Weight)
            .ThenBy(m => m.Key.Name, StringComparer.Ordinal)
            .First().First();
        return Enumerable.Range(1, count).Select(i => like with
        {
            Serial = new(Invariant($"added {i} on site {site}")),
            Site = site,
            MemberId = null,
            State = group.Serves(site) ? MemberState.Active : MemberState.Standby,
        });
    }

    private static bool BreaksACap(UpgradeTask task, ImmutableArray<Gateway> added)
    {
        var limits = task.Input.Limits;
        var members = task.Input.Fabric.MembersOf(task.Group.Group.Id).Concat(added).ToList();
        return members.Count > Math.Min(task.Group.Policy!.Maximum, limits.MaxMembersPerGroup)
            || members.GroupBy(m => m.Site).Any(s => s.Count() > limits.MaxMembersPerSite);
    }

    private static int Fitting(UpgradeTask task, SiteId site) => task.Input.Fabric.Pool.Count(free =>
        free.Site == site
        && free.State == MemberState.Unassigned
        && free.Licensed is not false
        && free.SyncAddressMatches is not false
        && free.Upgrade is null or UpgradeState.None
        && task.Group.Members.All(m =>
            m.Release == free.Release && task.Input.Allowances.MayMix(m.Model.Name, free.Model.Name)));
}
