using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling.Arbitration;

/// <summary>What a group that got none could have had, and who got it.</summary>
internal static class LostSgms
{
    /// <summary>The SGM that the group lost to another one in this plan; null when it lost none.</summary>
    public static LostSgm? Of(PlanningState plan, GroupState loser)
    {
        if (loser.Outcome?.Reason is not (ReasonCode.PriorityLost or ReasonCode.PoolEmpty or ReasonCode.PreemptionDenied))
        {
            return null;
        }

        var (open, _) = CapRules.OpenSites(plan, loser);
        foreach (var (serial, winner) in plan.Taken.OrderBy(t => t.Key.Value, StringComparer.Ordinal))
        {
            var gateway = plan.Input.Fabric.Find(serial);
            if (gateway is not null && winner != loser && open.Contains(gateway.Site) && CouldHave(plan, loser, gateway))
            {
                return new(serial, winner.Id, winner.Policy.Priority, loser.Policy.Priority, winner.Outcome!.Sentence);
            }
        }

        return null;
    }

    // An SGM that was taken from a group which needs it was for those of higher priority alone.
    private static bool CouldHave(PlanningState plan, GroupState loser, Gateway gateway)
    {
        var giver = plan.Groups.FirstOrDefault(g => g.Taken?.Serial == gateway.Serial);
        return giver is null
            ? CandidateSelection.Unfit(plan, loser, gateway) is null
            : (giver.Outcome?.Reason != ReasonCode.Preempted || loser.Policy.Priority < giver.Policy.Priority)
                && Donors.Fits(plan, loser, gateway);
    }
}
