using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling.Arbitration;

/// <summary>Which groups can give an SGM of a site to one that is short.</summary>
internal static class Donors
{
    /// <summary>The groups that can, each with its SGM. Why the others cannot is noted for those that are short.</summary>
    /// <param name="plan">The plan so far.</param>
    /// <param name="site">The site.</param>
    /// <param name="receivers">Groups that are short.</param>
    public static List<(Donor Donor, List<GroupState> For)> On(
        PlanningState plan, SiteId site, IReadOnlyList<GroupState> receivers)
    {
        var found = new List<(Donor, List<GroupState>)>();
        foreach (var giver in plan.Groups.OrderByDescending(g => g.Policy.Priority).ThenBy(g => g.Id))
        {
            if (!giver.Members.Any(m => m.Site == site))
            {
                continue;
            }

            var others = receivers.Where(r => r.Id != giver.Id).ToList();
            var (gateway, refusal) = Spare(plan, site, giver, others);
            if (gateway is not null)
            {
                found.Add((new(giver, gateway, Preempts: false), Fitting(plan, others, gateway)));
                continue;
            }

            var (taken, denied) = Preemption.Of(plan, site, giver, others);
            if (taken is { } donor)
            {
                found.Add((donor, Fitting(plan, [.. others.Where(r => r.Policy.Priority < giver.Policy.Priority)], donor.Gateway)));
                continue;
            }

            foreach (var receiver in others)
            {
                receiver.PreemptionDenied ??= receiver.Policy.Priority < giver.Policy.Priority ? denied : null;
                receiver.Alternatives.Add($"Not from {Words.Group(giver)}: {(denied ?? refusal!).Sentence}.");
            }
        }

        return found;
    }

    /// <summary>True when the SGM may be given to the group.</summary>
    public static bool Fits(PlanningState plan, GroupState receiver, Gateway gateway) =>
        CandidateSelection.WrongForGroup(plan, receiver, gateway) is null
        && !CandidateSelection.IsReserved(plan, receiver, gateway)
        && !AntiThrash.IsTired(plan.Input, gateway.Serial);

    private static List<GroupState> Fitting(PlanningState plan, List<GroupState> receivers, Gateway gateway) =>
        [.. receivers.Where(r => Fits(plan, r, gateway))];

    private static (Gateway? Gateway, Refusal? Refusal) Spare(
        PlanningState plan, SiteId site, GroupState giver, List<GroupState> receivers) =>
        Stopped(plan, giver, receivers) is { } refusal
            ? (null, refusal)
            : RemovalRules.Choose(
                plan, giver, forMove: true, g => g.Site == site && receivers.Exists(r => Fits(plan, r, g)));

    /// <summary>Why nothing may be taken from the group, whoever needs it; null when something may.</summary>
    internal static Refusal? Stopped(PlanningState plan, GroupState giver, List<GroupState> receivers)
    {
        if (Brakes.Stop(plan, giver) is { } stop)
        {
            return stop;
        }

        if (giver.Policy.ScaleInMode == ScalingMode.Observe && receivers.Exists(r => !r.OnlyObserves))
        {
            return new(ReasonCode.PoolEmpty, "its scale-in is only observed");
        }

        if (giver.Granted.Count > 0 || giver.Taken is not null || giver.Outcome is not null)
        {
            return new(ReasonCode.PoolEmpty, "it needs what it has or is being changed itself");
        }

        return AntiThrash.WasReceiver(plan.Input, giver.Id)
            ?? (giver.IsShort(giver.Committed)
                ? new(ReasonCode.PoolEmpty, "it needs what it has or is being changed itself")
                : null);
    }
}
