using static System.FormattableString;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>Why a group that has a surplus keeps it all the same, in place or against another group.</summary>
internal static class RemovalGuards
{
    /// <summary>The first brake on removals that holds; null when none does.</summary>
    public static Refusal? Why(PlanningState plan, GroupState state) =>
        Pauses.Why(plan.Input, state.Id, PauseDirection.In)
        ?? Frozen(plan.Input, state)
        ?? OutsideWindow(plan.Input, state)
        ?? Recovering(state)
        ?? Missed(state.Telemetry)
        ?? WarmUp.Why(plan.Input, state)
        ?? ImputedDemand.Why(plan.Input, state)
        ?? DipGuard.Why(state)
        ?? state.Guards.Reversal
        ?? HealthGate.Why(state)
        ?? ElephantFlow.Why(state);

    /// <summary>
    /// The first brake that calls off a removal that was not sent yet. A pause only holds it up, one low sample is no dip,
    /// and the removal itself may be the turn that a reversal was counted by.
    /// </summary>
    /// <param name="plan">The plan so far.</param>
    /// <param name="state">The group.</param>
    /// <param name="left">Units without the SGM that is to leave.</param>
    /// <param name="waits">True when it waits for telemetry to be good again before it can be sent.</param>
    public static Refusal? WhyCallOff(PlanningState plan, GroupState state, double left, bool waits) =>
        Frozen(plan.Input, state)
        ?? OutsideWindow(plan.Input, state)
        ?? (waits ? null : Recovering(state))
        ?? WarmUp.Why(plan.Input, state)
        ?? (waits && state.Verdict.Problem is not null ? null : ImputedDemand.Why(plan.Input, state, left))
        ?? (state.Guards.DipUntil is null ? null : DipGuard.Why(state))
        ?? HealthGate.Why(state)
        ?? ElephantFlow.Why(state);

    // Also a freeze that lets emergencies grow: nothing is taken in it.
    private static Refusal? Frozen(PlannerInput input, GroupState state) =>
        ScheduleRules.Freeze(state.Policy.Schedules, input.Now) is { } freeze
            ? new(ReasonCode.Freeze, $"schedule {freeze.Name} forbids every change now")
            : null;

    private static Refusal? OutsideWindow(PlannerInput input, GroupState state) =>
        ScheduleRules.RemovalsAllowed(state.Policy.Schedules, input.Now)
            ? null
            : new(ReasonCode.Maintenance, "it is outside the windows in which SGMs may be taken");

    private static Refusal? Recovering(GroupState state) => Recovering(state.Guards.SamplesToRecover);

    /// <summary>Why so many good samples must come first; null when none must.</summary>
    public static Refusal? Recovering(int samples) => samples > 0
        ? new(ReasonCode.Stale, Invariant($"its telemetry is good again, and {samples} more good samples are waited for"))
        : null;

    /// <summary>Why lost samples keep the group from shrinking: they may have been the peak. Null when too few were lost.</summary>
    public static Refusal? Missed(GroupTelemetry? telemetry) => telemetry switch
    {
        { KnownInARow: < GuardRules.SamplesToRecover and var known } => new(
            ReasonCode.Stale,
            Invariant($"samples are missing among the last {GuardRules.SamplesToRecover}, ")
                + Invariant($"and {GuardRules.SamplesToRecover - known} more are waited for")),
        { KnownShareOfHour: < GuardRules.KnownShareToRemove and var share } => new(
            ReasonCode.Stale,
            Invariant($"only {share:P0} of the last hour's samples are there, and {GuardRules.KnownShareToRemove:P0} are needed")),
        _ => null,
    };
}
