using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling.Outlooks;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling.Arbitration;

/// <summary>
/// When a group may lose an SGM that it would rather keep: its policy allows it, one of higher priority will be short
/// with a fair probability, no SGM is free, and the other gains enough for what it costs. It keeps its minimum and what
/// the loss of members asks for now.
/// </summary>
internal static class Preemption
{
    /// <summary>The least probability of a shortage for which an SGM is taken.</summary>
    private const double LeastProbability = 0.2;

    /// <summary>The least share of the shortage that goes away, over the share of the giver's capacity that does.</summary>
    private const double LeastScore = 0.5;

    /// <summary>The SGM that may be taken, or why none may; neither when nobody of higher priority asks.</summary>
    public static (Donor? Donor, Refusal? Denied) Of(
        PlanningState plan, SiteId site, GroupState giver, List<GroupState> receivers)
    {
        var asking = receivers.Where(r => r.Policy.Priority < giver.Policy.Priority).ToList();
        if (asking.Count == 0 || giver.Granted.Count > 0 || giver.Taken is not null || giver.Outcome is not null
            || giver.Members.Any(m => plan.Recalled.Contains(m.Serial)))
        {
            return (null, null);
        }

        if (!giver.Policy.AllowPreemption)
        {
            return (null, new(ReasonCode.PreemptionDenied, "its policy does not allow to take SGMs that it needs"));
        }

        if (Brakes.Stop(plan, giver) is { } stop)
        {
            return (null, stop);
        }

        var (gateway, refusal) = RemovalRules.ChooseToPreempt(
            plan, giver, g => g.Site == site && asking.Exists(r => Donors.Fits(plan, r, g)));
        if (gateway is null)
        {
            return (null, refusal);
        }

        var needy = asking.Where(r => Donors.Fits(plan, r, gateway)).ToList();
        var denied = needy.Select(r => Deny(giver, r, gateway)).ToList();
        var granted = denied.IndexOf(null);
        if (granted < 0)
        {
            return (null, denied[0]);
        }

        var risk = ShortageRisk.Of(needy[granted]).Probability(needy[granted].ExpectedUnits);
        var why = Invariant($"the probability of a shortage there is {risk * 100:F0} %");
        return (new(giver, gateway, Preempts: true, why), null);
    }

    private static Refusal? Deny(GroupState giver, GroupState receiver, Gateway gateway)
    {
        var risk = ShortageRisk.Of(receiver);
        var units = receiver.ExpectedUnits;
        var probability = risk.Probability(units);
        if (probability < LeastProbability)
        {
            return new(
                ReasonCode.PreemptionDenied,
                Invariant($"it needs its SGMs, and {Words.Group(receiver)} is short with a probability of ")
                    + Invariant($"{probability * 100:F0} % only, where {LeastProbability * 100:F0} % are asked for"));
        }

        var before = risk.UnitHours(units);
        var relieved = before <= 0 ? 0 : (before - risk.UnitHours(units + gateway.Model.Weight)) / before;
        var score = relieved / (gateway.Model.Weight / Math.Max(gateway.Model.Weight, giver.CommittedUnits));
        return score >= LeastScore
            ? null
            : new(
                ReasonCode.PreemptionDenied,
                Invariant($"an SGM of it would take away {relieved * 100:F0} % of the shortage only, too little for what it costs"));
    }
}
