using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling.Arbitration;
using Maestro.Telemetry.Scaling.Guards;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>Gives SGMs to a group that is short: from the pool, else from a group that can spare one.</summary>
internal static class ScaleOut
{
    /// <summary>Serves all groups that are short: those that act, and then, of what is left, those that only observe.</summary>
    public static void Serve(PlanningState plan)
    {
        var wanting = plan.Groups.Where(g => g.Outcome is null && MayGrow(plan, g)).ToList();
        SiteMarket.Share(plan, [.. wanting.Where(g => !g.OnlyObserves)]);
        SiteMarket.Share(plan, [.. wanting.Where(g => g.OnlyObserves)]);
        foreach (var state in wanting.Where(g => g.Outcome is null || g.Granted.Count > 0))
        {
            Conclude(plan, state);
        }
    }

    /// <summary>True when the group is short of what the demand needs, or of what must be left when a site is lost.</summary>
    public static bool IsShort(GroupState state) => state.IsShort(state.Expected) || SiteLoss.IsShort(state);

    /// <summary>True when an SGM on that site is for the loss of another site, not for the demand itself.</summary>
    public static bool IsForLoss(GroupState state, SiteId site) =>
        SiteLoss.IsShort(state) && (!state.Serves(site) || !state.IsShort(state.Expected));

    /// <summary>Gives a free SGM to a group.</summary>
    public static void Give(PlanningState plan, GroupState state, Gateway free)
    {
        var sentence = $"{Words.Group(state)} gets the free SGM {free.Serial} on site {free.Site}: "
            + $"{Shortage(plan, state, free.Site)}.";
        Accept(state, new(DecisionAction.Add, Reason(state, free.Site), sentence, free.Serial));
        plan.Give(state, free, donor: null, sentence);
    }

    /// <summary>Moves an SGM from one group to another.</summary>
    public static void Move(PlanningState plan, GroupState state, Donor donor)
    {
        var (giver, gateway) = (donor.Group, donor.Gateway);
        var why = donor.Preempts
            ? $"which has a lower priority and is left with its minimum or more ({donor.Why})"
            : "which can spare it";
        var moved = $"{Words.Group(state)} gets SGM {gateway.Serial} on site {gateway.Site} from {Words.Group(giver)}, "
            + $"{why}: {Shortage(plan, state, gateway.Site)}.";
        Accept(state, new(DecisionAction.MoveIn, Reason(state, gateway.Site), moved, gateway.Serial, giver.Id));
        giver.Outcome = new(
            DecisionAction.MoveOut,
            donor.Preempts ? ReasonCode.Preempted : ReasonCode.Donor,
            $"{Words.Group(giver)} gives SGM {gateway.Serial} on site {gateway.Site} to {Words.Group(state)}, "
                + (donor.Preempts
                    ? $"which has priority {state.Policy.Priority} and would be short: {donor.Why}."
                    : "which needs it: what is left is enough now and by the forecast, also after losing "
                        + $"{giver.Policy.SurviveFailures} more."),
            gateway.Serial,
            state.Id);
        plan.Give(state, gateway, giver, moved);
    }

    // Whether the group wants another SGM and may have one; if not, its outcome says why.
    private static bool MayGrow(PlanningState plan, GroupState state)
    {
        if (!IsShort(state))
        {
            NoteWhatIsComing(plan, state);
            return false;
        }

        Recall.Removals(plan, state);
        if (state.Outcome is not null)
        {
            return false;
        }

        // An operator's "no" was for what was known then; overload and a lost member are asked about again.
        var pressing = state.IsEmergency || state.Members.Length < state.Policy.Minimum;
        var refusal = (pressing ? null : Brakes.Rejected(plan.Input, state, scaleOut: true))
            ?? GrowthGuards.Why(plan, state)
            ?? CapRules.OpenSites(plan, state).None;
        if (refusal is not null)
        {
            Hold(plan, state, refusal);
        }

        return refusal is null;
    }

    private static void Conclude(PlanningState plan, GroupState state)
    {
        var (sites, none) = CapRules.OpenSites(plan, state);
        var isDone = !IsShort(state) || state.Granted.Count >= state.Policy.MaxAddsPerCycle;
        var refusal = isDone ? null : none ?? WhyNone(plan, state, [.. sites]);
        if (state.Granted.Count == 0)
        {
            Hold(plan, state, refusal!);
        }
        else
        {
            NoteTheRest(state, refusal);
        }
    }

    // The record is about the first SGM; the others are named beside it.
    private static void Accept(GroupState state, GroupOutcome outcome)
    {
        if (state.Outcome is null)
        {
            state.Outcome = outcome;
        }
        else
        {
            state.Alternatives.Add($"Also: {outcome.Sentence}");
        }
    }

    private static ReasonCode Reason(GroupState state, SiteId site) => IsForLoss(state, site)
        ? ReasonCode.SiteLoss
        : DesiredCapacity.ReasonOf(DesiredCapacity.Binding(state.Need));

    private static string Shortage(PlanningState plan, GroupState state, SiteId site) =>
        IsForLoss(state, site) ? SiteLoss.Because(state) : Shortage(plan, state);

    private static string Shortage(PlanningState plan, GroupState state)
    {
        if (SiteLoss.IsShort(state) && !state.IsShort(state.Expected))
        {
            return SiteLoss.Because(state);
        }

        var binding = DesiredCapacity.Binding(state.Need);
        var late = plan.Input.Now - state.LatestSafeStart;
        var start = state.LatestSafeStart is not { } latest ? null
            : late > TimeSpan.Zero
                ? Invariant($"; to be in time it should have started by {Words.Clock(latest)}, ")
                    + Invariant($"{late.Value.TotalMinutes:F0} min ago")
                : $"; to be in time it must start by {Words.Clock(latest)}";
        return Invariant($"it needs {binding.Units:F1} units for {Words.Because(binding)} ")
            + Invariant($"and has {state.CommittedUnits:F1}")
            + start;
    }

    private static void Hold(PlanningState plan, GroupState state, Refusal refusal)
    {
        var code = ReasonCodes.ToCode(refusal.Reason);
        var binding = DesiredCapacity.Binding(state.Need);
        state.Steps.Add(new(code, binding.Units, state.CommittedUnits, refusal.Sentence));
        state.Outcome = new(
            DecisionAction.Hold,
            refusal.Reason,
            $"{Words.Group(state)} stays at {state.Members.Length} SGMs although {Shortage(plan, state)}: "
                + $"{refusal.Sentence}.");
    }

    private static void NoteTheRest(GroupState state, Refusal? refusal)
    {
        var units = state.Expected.Sum(g => g.Model.Weight);
        var wanted = Math.Max(state.CommittedUnits, DesiredCapacity.Binding(state.Need).Units);
        if (refusal is not null)
        {
            state.Steps.Add(new(ReasonCodes.ToCode(refusal.Reason), wanted, units, refusal.Sentence));
        }
        else if (IsShort(state))
        {
            state.Steps.Add(new("MAX_ADDS", wanted, units, $"at most {state.Policy.MaxAddsPerCycle} adds per cycle"));
        }

        state.Steps.Add(new("ARBITRATION", state.CommittedUnits, units, "SGMs given in this cycle"));
    }

    // Not short any more, but only because of what is on its way: that is an answer too.
    private static void NoteWhatIsComing(PlanningState plan, GroupState state)
    {
        if (state.IsShort(state.Committed))
        {
            var proposals = state.Open.Where(c => c.State == CommandState.Proposed && c.To == state.Id).ToList();
            var names = string.Join(" and ", proposals.Select(Words.What));
            Hold(plan, state, new(
                ReasonCode.ApprovalWait,
                $"the proposal to {names} waits for an answer until {Words.Clock(proposals.Min(c => c.ExpiresAt))}"));
        }
        else if (state.IsShort(state.Serving))
        {
            var names = string.Join(" and ", state.Joining.Select(g => g.Serial));
            Hold(plan, state, new(ReasonCode.ChangeInFlight, $"SGM {names} is on its way into service and will do"));
        }
    }

    private static Refusal WhyNone(PlanningState plan, GroupState state, List<SiteId> sites)
    {
        var pool = plan.Input.Fabric.Pool.Where(g => sites.Contains(g.Site)).ToList();
        foreach (var gateway in pool)
        {
            if (plan.Taken.TryGetValue(gateway.Serial, out var winner) && winner != state
                && CandidateSelection.Unfit(plan, state, gateway) is null)
            {
                return new(
                    ReasonCode.PriorityLost,
                    $"SGM {gateway.Serial} went to {Words.Group(winner)} (priority {winner.Policy.Priority}), "
                        + "which is served first, and no other SGM fits");
            }
        }

        var left = pool.Where(g => !plan.Taken.ContainsKey(g.Serial)).ToList();
        foreach (var (serial, why) in left.Select(g => (g.Serial, CandidateSelection.Unfit(plan, state, g))).Take(8))
        {
            state.Alternatives.Add($"Not SGM {serial}: it {why ?? "would not help"}.");
        }

        if (left.Count > 0 && left.TrueForAll(g => CandidateSelection.WrongModel(plan, state, g) is not null))
        {
            return new(
                ReasonCode.ModelMismatch,
                $"each free SGM on {Words.Sites(sites)} {CandidateSelection.WrongModel(plan, state, left[0])}, "
                    + "and no other group can spare one");
        }

        if (state.PreemptionDenied is { } denied)
        {
            return new(ReasonCode.PreemptionDenied, $"no SGM is free on {Words.Sites(sites)}, and of the next group {denied.Sentence}");
        }

        var free = left.Count == 0 ? "no SGM is free" : $"none of the {left.Count} free SGMs fits";
        return new(ReasonCode.PoolEmpty, $"{free} on {Words.Sites(sites)}, and no other group can spare one");
    }
}
