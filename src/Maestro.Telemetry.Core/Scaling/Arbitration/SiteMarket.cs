using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling.Outlooks;

namespace Maestro.Telemetry.Scaling.Arbitration;

/// <summary>Brings the groups that are short and the SGMs of each site together.</summary>
internal static class SiteMarket
{
    /// <summary>Gives SGMs to groups that are short. Who gets none finds in its alternatives why other groups gave none.</summary>
    public static void Share(PlanningState plan, IReadOnlyList<GroupState> wanting)
    {
        if (wanting.Count == 0)
        {
            return;
        }

        // A group asks where it has fewest SGMs, again after each that it gets, so that its sites stay alike; and then
        // where it can.
        foreach (var anywhere in new[] { false, true })
        {
            int before;
            do
            {
                before = plan.Commands.Count;
                ShareSites(plan, wanting, anywhere);
            }
            while (plan.Commands.Count > before);
        }
    }

    private static void ShareSites(PlanningState plan, IReadOnlyList<GroupState> wanting, bool anywhere)
    {
        foreach (var site in plan.Input.Fabric.Sites)
        {
            var here = wanting.Where(g => Asks(plan, g, site, anywhere)).ToList();
            if (here.Count > 0)
            {
                Share(plan, site, here, anywhere);
            }
        }
    }

    private static bool Asks(PlanningState plan, GroupState state, SiteId site, bool anywhere)
    {
        if (state.Granted.Count >= state.Policy.MaxAddsPerCycle || !ScaleOut.IsShort(state))
        {
            return false;
        }

        var open = CapRules.OpenSites(plan, state).Open;
        return anywhere
            ? open.Contains(site)
            : !open.IsEmpty && site == open.OrderBy(s => !state.Serves(s)).ThenBy(state.ClaimsOn).ThenBy(s => s).First();
    }

    private static void Share(PlanningState plan, SiteId site, List<GroupState> groups, bool anywhere)
    {
        var shelf = Shelf(plan, site, groups);
        var bidders = groups.ConvertAll(g => BidderOf(plan, g, site, anywhere));
        var kinds = shelf.ConvertAll(s => s.Kind);
        var awards = SiteAuction.Solve(bidders, kinds, (a, b) => MayMix(plan, shelf[a].Gateways[0], shelf[b].Gateways[0]), []);
        var donors = new List<(Donor Donor, List<GroupState> For)>();
        if (IsSomebodyLeft(bidders, kinds, awards))
        {
            donors = Donors.On(plan, site, groups);
        }

        if (donors.Count > 0)
        {
            // A donation has no kind on the shelf, and so is mixed with none of it.
            awards = SiteAuction.Solve(
                bidders,
                kinds,
                (a, b) => MayMix(plan, shelf[a].Gateways[0], b < shelf.Count ? shelf[b].Gateways[0] : null),
                donors.ConvertAll(d => DonationOf(groups, d.Donor, d.For)));
        }

        for (var i = 0; i < groups.Count; i++)
        {
            foreach (var kind in awards[i].Kinds)
            {
                ScaleOut.Give(plan, groups[i], shelf[kind].Gateways.First(g => !plan.Taken.ContainsKey(g.Serial)));
            }

            if (awards[i].Donation is { } donation)
            {
                ScaleOut.Move(plan, groups[i], donors[donation].Donor);
            }
        }
    }

    // An SGM of another group is not mixed with a free one of another model in the same cycle: caution costs a minute.
    private static bool MayMix(PlanningState plan, Gateway one, Gateway? other) =>
        other is not null && plan.Input.Allowances.MayMix(one.Model.Name, other.Model.Name);

    private static bool IsSomebodyLeft(List<Bidder> bidders, List<SgmKind> kinds, ImmutableArray<Award> awards) =>
        bidders.Where((b, i) =>
            awards[i].Kinds.Length < b.Most && b.Wants(awards[i].Kinds.Length, awards[i].Kinds.Sum(k => kinds[k].Weight)))
        .Any();

    private static Bidder BidderOf(PlanningState plan, GroupState state, SiteId site, bool anywhere)
    {
        var units = state.ExpectedUnits;
        var risk = ShortageRisk.Of(state);
        var weights = state.Expected.Select(g => g.Model.Weight).ToList();
        var limits = plan.Input.Limits;
        var serves = state.Serves(site);
        var forLoss = ScaleOut.IsForLoss(state, site);
        return new()
        {
            Priority = state.Policy.Priority,
            Most = new[]
            {
                state.Policy.MaxAddsPerCycle - state.Granted.Count,
                anywhere || CapRules.OpenSites(plan, state).Open.Length == 1 ? int.MaxValue : 1,
                limits.MaxMembersPerSite - state.ClaimsOn(site),
                CapRules.MaximumOf(plan.Input, state.Policy) - state.TotalClaims,
            }.Min(),
            MissingMembers = Math.Max(0, state.Need.FloorMembers - state.TotalClaims),
            Shortage = extra => forLoss
                ? Math.Max(0, SiteLoss.Missing(state) - extra) * DemandOutlook.ServedWindow.TotalHours
                : risk.UnitHours(units + (serves ? extra : 0)),
            Wants = (count, extra) => count == 0
                || (serves && state.IsShort([.. weights, .. Enumerable.Repeat(extra / count, count)])),
        };
    }

    private static Donation DonationOf(
        List<GroupState> groups, Donor donor, List<GroupState> receivers)
    {
        var risk = ShortageRisk.Of(donor.Group);
        var units = donor.Group.ExpectedUnits;
        return new(
            donor.Group.Policy.Priority,
            donor.Gateway.Model.Weight,
            Math.Max(0, risk.UnitHours(units - donor.Gateway.Model.Weight) - risk.UnitHours(units)),
            [.. groups.Select(receivers.Contains)]);
    }

    // Free SGMs of the site that somebody may have, those together that nobody tells apart.
    private static List<(SgmKind Kind, List<Gateway> Gateways)> Shelf(
        PlanningState plan, SiteId site, List<GroupState> groups) =>
    [
        .. plan.FreeOn(site)
            .Where(g => !plan.Taken.ContainsKey(g.Serial))
            .Select(g => (
                Gateway: g,
                Fits: groups.Select(s => CandidateSelection.Unfit(plan, s, g) is null).ToImmutableArray(),
                Rank: groups.Select(s => CandidateSelection.Rank(plan, s, g)).ToImmutableArray()))
            .Where(g => g.Fits.Contains(true))
            .GroupBy(g => (
                g.Gateway.Model.Name,
                g.Gateway.Model.Weight,
                Marks: string.Concat(g.Fits.Select(f => f ? '1' : '0')) + string.Join(',', g.Rank)))
            .Select(same => (
                new SgmKind(same.Key.Weight, same.Count(), same.First().Fits, same.First().Rank),
                same.Select(s => s.Gateway).ToList())),
    ];
}
