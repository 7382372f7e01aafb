using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Fabric.Checks;
using Maestro.Telemetry.Scaling.Guards;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>Whether a group can spare an SGM, and which. All rules must agree: now, the forecast, and the last hour.</summary>
internal static class RemovalRules
{
    /// <summary>The SGM that the group can spare, or why there is none.</summary>
    /// <param name="plan">The plan so far.</param>
    /// <param name="state">The group.</param>
    /// <param name="forMove">True when another group needs the SGM now: the stabilization window is not waited for.</param>
    /// <param name="fits">Which SGMs are of any use.</param>
    public static (Gateway? Gateway, Refusal? Refusal) Choose(
        PlanningState plan, GroupState state, bool forMove, Func<Gateway, bool> fits)
    {
        var candidates = Candidates(plan, state).Where(fits).ToList();
        if (candidates.Count == 0)
        {
            return (null, new(ReasonCode.WithinDeadband, "none of its SGMs can be taken"));
        }

        var noSurplus = candidates.Select(g => NoSurplus(state, g)).ToList();
        if (noSurplus.TrueForAll(r => r is not null))
        {
            return (null, noSurplus[0]);
        }

        if (GroupBrake(plan, state) is { } brake)
        {
            return (null, brake);
        }

        Refusal? first = null;
        foreach (var gateway in candidates)
        {
            var refusal = NoSurplus(state, gateway) ?? GatewayBrake(plan, state, gateway, forMove);
            if (refusal is null)
            {
                return (gateway, null);
            }

            first ??= refusal;
        }

        return (null, first);
    }

    /// <summary>The SGM that a group of higher priority may take although this one would rather keep it, or why none.</summary>
    public static (Gateway? Gateway, Refusal? Refusal) ChooseToPreempt(
        PlanningState plan, GroupState state, Func<Gateway, bool> fits)
    {
        var refusal = GroupBrake(plan, state);
        foreach (var gateway in refusal is null ? Candidates(plan, state).Where(fits) : [])
        {
            var weights = RemainingWeights(state, gateway);
            var why = state.Members.Length - 1 < Math.Max(state.Need.FloorMembers, 1)
                ? new(ReasonCode.GroupMin, $"it keeps at least {state.Need.FloorMembers} SGMs by policy and schedule")
                : SiteBrake(plan, gateway, forMove: true)
                    ?? Foresight.TooFew(plan.Input, state, weights)
                    ?? FailsSurvival(plan.Input, state, weights)
                    ?? SiteLoss.Fails(plan.Input, state, gateway);
            if (why is null)
            {
                return (gateway, null);
            }

            refusal ??= why;
        }

        return (null, refusal ?? new(ReasonCode.PoolEmpty, "none of its SGMs can be taken"));
    }

    // Never the SMO, the ACTIVE member with the lowest id: its loss moves policy, logging and the management address.
    // From the site with most members, so that sites stay alike; then the one that came last.
    private static IEnumerable<Gateway> Candidates(PlanningState plan, GroupState state)
    {
        var smo = plan.Input.Fabric.SmoOf(state.Id);
        return state.Members
            .Where(m => state.IsHealthy(m) && m.Serial != smo?.Serial)
            .OrderByDescending(m => state.Members.Count(other => other.Site == m.Site))
            .ThenByDescending(m => m.MemberId ?? int.MaxValue)
            .ThenByDescending(m => m.Site)
            .ThenByDescending(m => m.Serial.Value, StringComparer.Ordinal);
    }

    // On a site that stands by, what is left must do when the site takes over.
    internal static List<double> RemainingWeights(GroupState state, Gateway leaving) =>
        [
            .. state.Members
                .Where(m => m.Serial != leaving.Serial && state.IsHealthy(m))
                .Where(m => state.ServingSite is null || m.Site == leaving.Site)
                .Select(m => m.Model.Weight),
        ];

    private static Refusal? NoSurplus(GroupState state, Gateway leaving)
    {
        var floor = Math.Max(state.Need.FloorMembers, state.LongNeed.FloorMembers);
        if (state.Members.Length - 1 < floor)
        {
            return new(ReasonCode.WithinDeadband, $"it keeps at least {floor} SGMs by policy and schedule");
        }

        var weights = RemainingWeights(state, leaving);
        var wanted = state.LongNeed.WantedOf(weights);
        return weights.Count > 0 && wanted <= weights.Sum() + PlannerRules.Tolerance
            ? null
            : new(
                ReasonCode.WithinDeadband,
                Invariant($"it needs {wanted:F1} units until ")
                    + Invariant($"{state.Policy.ScaleInHorizon.TotalMinutes:F0} min from now ")
                    + Invariant($"and would have {weights.Sum():F1}"));
    }

    /// <summary>Says which of these members is not as it should be; null when all are.</summary>
    public static Refusal? Unhealthy(GroupState state, IEnumerable<Gateway> members) =>
        members.FirstOrDefault(m => !state.IsHealthy(m)) is { } unhealthy
            ? new(ReasonCode.MemberNotActive, $"SGM {unhealthy.Serial} is {unhealthy.State}, not ACTIVE")
            : null;

    private static Refusal? GroupBrake(PlanningState plan, GroupState state)
    {
        if (state.Verdict.Problem is { } problem)
        {
            return problem;
        }

        if (state.Open.FirstOrDefault(c => c.IsInFlight) is { } moving)
        {
            return new(ReasonCode.ChangeInFlight, $"the change of SGM {moving.Serial} is on its way");
        }

        if (state.Open.FirstOrDefault() is { } proposed)
        {
            return new(ReasonCode.ApprovalWait, $"the proposal to {Words.What(proposed)} waits for an answer");
        }

        if (Unhealthy(state, state.Members) is { } unhealthy)
        {
            return unhealthy;
        }

        if (state.OutOfBandAt is { } changed)
        {
            return new(
                ReasonCode.OutOfBand,
                $"somebody changed its members at {Words.Clock(changed)}; "
                    + $"nothing is removed before {Words.Clock(changed + PlannerRules.OutOfBandWait)}");
        }

        return RemovalGuards.Why(plan, state)
            ?? plan.Blocks.Group(state.Id, FindingEffect.NoRemoval) ?? Foresight.Why(plan.Input, state)
            ?? Cooldown(plan.Input, state)
            ?? Brakes.Rejected(plan.Input, state, scaleOut: false);
    }

    // SGMs are taken one after the other; one that was added must have shown first what it takes over.
    private static Refusal? Cooldown(PlannerInput input, GroupState state)
    {
        var last = input.Commands
            .Where(c => c.Touches(state.Id) && c.State is CommandState.Verified or CommandState.Failed)
            .Select(c => (
                Ended: Brakes.EndOf(c),
                Until: Brakes.EndOf(c) + (c.From == state.Id ? state.Policy.Cooldown : Settling(state.Policy))))
            .DefaultIfEmpty()
            .MaxBy(c => c.Until);
        return input.Now < last.Until
            ? new(
                ReasonCode.Cooldown,
                $"its last change ended at {Words.Clock(last.Ended)}, and it cools down until {Words.Clock(last.Until)}")
            : null;
    }

    private static TimeSpan Settling(ScalingPolicy policy) =>
        policy.Cooldown < PlannerRules.Settling ? policy.Cooldown : PlannerRules.Settling;

    private static Refusal? SiteBrake(PlanningState plan, Gateway leaving, bool forMove)
    {
        if (plan.BusySites.Contains(leaving.Site) || plan.RemovedOn.Contains(leaving.Site)
            || (!forMove && plan.ChangedSites.Contains(leaving.Site)))
        {
            return new(ReasonCode.ChangeInFlight, $"another change on site {leaving.Site} comes first");
        }

        return plan.Blocks.Site(leaving.Site, FindingEffect.NoRemoval)
            ?? plan.Blocks.Gateway(leaving.Serial, FindingEffect.NoRemoval);
    }

    private static Refusal? GatewayBrake(PlanningState plan, GroupState state, Gateway leaving, bool forMove)
    {
        var weights = RemainingWeights(state, leaving);
        return SiteBrake(plan, leaving, forMove)
            ?? Foresight.TooFew(plan.Input, state, weights)
            ?? FailsSurvival(plan.Input, state, weights)
            ?? SiteLoss.Fails(plan.Input, state, leaving)
            ?? FailsProjection(state)
            ?? (forMove || MemoryRules.WasEnough(plan.Input, state, weights.Sum()) ? null : new(
                ReasonCode.Stabilisation,
                Invariant($"{weights.Sum():F1} units must have been enough for ")
                    + Invariant($"{state.Policy.Stabilization.TotalMinutes:F0} min without a break, and were not yet")));
    }

    internal static Refusal? FailsSurvival(PlannerInput input, GroupState state, List<double> weights)
    {
        var policy = state.Policy;
        var left = weights.Sum() - GroupNeed.Heaviest(weights, policy.SurviveFailures);
        foreach (var term in Demands(state))
        {
            var units = term.Demand / DesiredCapacity.UnitCapacity(input, term.Resource!.Value);
            if (units > (left * policy.SurviveUtilization) + PlannerRules.Tolerance)
            {
                return new(
                    ReasonCode.NPlusF,
                    Invariant($"after it and the loss of {policy.SurviveFailures} more, {left:F1} units ")
                        + $"would be left for {Words.Demand(term)}");
            }
        }

        return null;
    }

    // What is taken now and ordered again at once was not worth taking.
    private static Refusal? FailsProjection(GroupState state)
    {
        if (state.Path is not { } path || path.AfterLoss < state.Ladder.Committed)
        {
            return null;
        }

        return new(
            ReasonCode.FlapProjection,
            Invariant($"without it another SGM would have to be ordered at once: {state.Ladder[path.AfterLoss]:F1} units ")
                + Invariant($"are needed in {state.LeadTime.TotalMinutes:F0} min"));
    }

    // What is measured now. The forecast's survive term is in the need that the surplus is computed from.
    private static IEnumerable<DecisionTerm> Demands(GroupState state) =>
        state.Need.Terms.Where(t => t.Source == DesiredCapacity.Reactive);
}
