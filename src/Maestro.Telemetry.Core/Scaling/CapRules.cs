using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Fabric.Checks;

namespace Maestro.Telemetry.Scaling;

/// <summary>Where a group may grow. Caps come before the choice of an SGM: applied afterwards they strand capacity.</summary>
internal static class CapRules
{
    /// <summary>SGMs that a group may have now, over all sites.</summary>
    public static int MaximumOf(PlannerInput input, ScalingPolicy policy) =>
        Math.Min(ScheduleRules.MaximumOf(policy, input.Now), input.Limits.MaxMembersPerGroup);

    /// <summary>The sites on which the group may get another SGM now, or why there is none.</summary>
    public static (ImmutableArray<SiteId> Open, Refusal? None) OpenSites(PlanningState plan, GroupState state)
    {
        var limits = plan.Input.Limits;
        var maximum = MaximumOf(plan.Input, state.Policy);
        if (state.TotalClaims >= maximum)
        {
            return ([], new(ReasonCode.GroupMax, $"it is at its maximum of {maximum} SGMs"));
        }

        if (plan.Blocks.Group(state.Id, FindingEffect.NoGrowth) is { } forbidden)
        {
            return ([], forbidden);
        }

        var sites = SitesOf(plan, state).ToList();
        if (sites.Count == 0)
        {
            return ([], new(ReasonCode.PoolEmpty, "the fabric has no SGM"));
        }

        var room = sites.Where(s => state.ClaimsOn(s) < limits.MaxMembersPerSite).ToList();
        if (room.Count == 0)
        {
            return ([], new(
                ReasonCode.SiteCap, $"each of its sites has {limits.MaxMembersPerSite} SGMs of it, the cap"));
        }

        var sound = room.Where(s => plan.Blocks.Site(s, FindingEffect.NoGrowth) is null).ToList();
        if (sound.Count == 0)
        {
            return ([], plan.Blocks.Site(room[0], FindingEffect.NoGrowth));
        }

        room = sound;
        ImmutableArray<SiteId> open = [.. room.Where(s => !plan.ClosedSites.Contains(s))];
        return open.IsEmpty
            ? ([], new(
                ReasonCode.ChangeInFlight,
                $"a change on {Words.Sites(room)} is on its way, and one is made at a time"))
            : (open, null);
    }

    // A group stays on the sites it is on: a new site is a matter of cabling and design, not of load.
    private static IEnumerable<SiteId> SitesOf(PlanningState plan, GroupState state)
    {
        var forLoss = SiteLoss.IsShort(state) ? SiteLoss.SitesToGrow(state) : [];
        if (!state.IsShort(state.Expected) && forLoss.Any())
        {
            return forLoss;
        }

        // The site that serves comes first; where it can get none, the one that stands by is not left short as well.
        if (state.ServingSite is { } serving)
        {
            return forLoss.Prepend(serving).Distinct();
        }

        // A group without members begins on one site where the other is to stand by.
        if (state.Group.HasStandbySite && state.Granted is [var first, ..])
        {
            return [first.Site];
        }

        var sites = state.Claims.Select(c => c.Site).Distinct().Order().ToList();
        return sites.Count > 0 ? sites : plan.Input.Fabric.Gateways.Select(g => g.Site).Distinct().Order();
    }
}
