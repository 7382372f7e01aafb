using Maestro.Telemetry.Scaling.Guards;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>Gives SGMs to a group that is short: from the pool, else from a group that can spare one.</summary>
internal static class ScaleOut
{
    public static void Consider(PlanningState plan, GroupState state)
    {
        if (!IsShort(state))
        {
            NoteWhatIsComing(plan, state);
            return;
        }

        // An operator's "no" was for what was known then; overload and a lost member are asked about again.
        var pressing = state.IsEmergency || state.Members.Length < state.Policy.Minimum;
        var rejected = pressing ? null : Brakes.Rejected(plan.Input, state, scaleOut: true);
        if ((rejected ?? GrowthGuards.Why(plan, state)) is { } held)
        {
            Hold(plan, state, held);
            return;
        }

        Refusal? refusal = null;
        while (refusal is null && state.Granted.Count < state.Policy.MaxAddsPerCycle && IsShort(state))
        {
            refusal = GiveOne(plan, state);
        }

        if (state.Granted.Count == 0)
        {
            Hold(plan, state, refusal!);
            return;
        }

        NoteTheRest(state, refusal);
    }

    // Short of what the demand needs, or of what must be left when a site is lost.
    private static bool IsShort(GroupState state) => state.IsShort(state.Expected) || SiteLoss.IsShort(state);

    private static Refusal? GiveOne(PlanningState plan, GroupState state)
    {
        var (sites, none) = CapRules.OpenSites(plan, state);
        if (none is not null)
        {
            return none;
        }

        if (CandidateSelection.FromPool(plan, state, sites) is { } free)
        {
            var sentence = $"{Words.Group(state)} gets the free SGM {free.Serial} on site {free.Site}: "
                + $"{Shortage(plan, state)}.";
            Accept(state, new(DecisionAction.Add, Reason(state), sentence, free.Serial));
            plan.Give(state, free, donor: null, sentence);
            return null;
        }

        if (CandidateSelection.FromDonor(plan, state, sites) is not var (gateway, donor))
        {
            return WhyNone(plan, state, [.. sites]);
        }

        var moved = $"{Words.Group(state)} gets SGM {gateway.Serial} on site {gateway.Site} from {Words.Group(donor)}, "
            + $"which can spare it: {Shortage(plan, state)}.";
        Accept(state, new(DecisionAction.MoveIn, Reason(state), moved, gateway.Serial, donor.Id));
        donor.Outcome = new(
            DecisionAction.MoveOut,
            ReasonCode.Donor,
            $"{Words.Group(donor)} gives SGM {gateway.Serial} on site {gateway.Site} to {Words.Group(state)}, "
                + "which needs it: what is left is enough now and by the forecast, also after losing "
                + $"{donor.Policy.SurviveFailures} more.",
            gateway.Serial,
            state.Id);
        plan.Give(state, gateway, donor, moved);
        return null;
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

    private static ReasonCode Reason(GroupState state) =>
        state.IsShort(state.Expected)
            ? DesiredCapacity.ReasonOf(DesiredCapacity.Binding(state.Need))
            : ReasonCode.SiteLoss;

    private static string Shortage(PlanningState plan, GroupState state)
    {
        if (!state.IsShort(state.Expected) && SiteLoss.IsShort(state))
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

    private static Refusal WhyNone(PlanningState plan, GroupState state, List<Fabric.SiteId> sites)
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
        foreach (var gateway in left.Take(8))
        {
            state.Alternatives.Add($"Not SGM {gateway.Serial}: it {CandidateSelection.Unfit(plan, state, gateway)}.");
        }

        if (left.Count > 0 && left.TrueForAll(g => CandidateSelection.WrongModel(plan, state, g) is not null))
        {
            return new(
                ReasonCode.ModelMismatch,
                $"each free SGM on {Words.Sites(sites)} {CandidateSelection.WrongModel(plan, state, left[0])}, "
                    + "and no other group can spare one");
        }

        var free = pool.Count == 0 ? "no SGM is free" : $"none of the {pool.Count} free SGMs fits";
        return new(ReasonCode.PoolEmpty, $"{free} on {Words.Sites(sites)}, and no other group can spare one");
    }
}
