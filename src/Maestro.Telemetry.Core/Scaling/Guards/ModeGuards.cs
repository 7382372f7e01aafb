using Maestro.Telemetry.Fabric;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>Why a command that would be made at once is only proposed.</summary>
internal static class ModeGuards
{
    /// <summary>The mode and the reason that a command gets, and a note in the record of the group.</summary>
    public static (ScalingMode Mode, string Reason) Apply(
        PlanningState plan,
        SiteId site,
        SecurityGroupId? from,
        SecurityGroupId? to,
        ScalingMode mode,
        string reason)
    {
        if (mode != ScalingMode.Enforce || Why(plan, site, from, to) is not { } held)
        {
            return (mode, reason);
        }

        foreach (var state in plan.Groups.Where(g => g.Id == from || g.Id == to))
        {
            state.Steps.Add(new(
                ReasonCodes.ToCode(held.Reason), state.CommittedUnits, state.CommittedUnits, held.Sentence));
        }

        return (ScalingMode.Recommend, $"{reason} It waits for an approval, because {held.Sentence}.");
    }

    public static Refusal? Why(PlanningState plan, SiteId site, SecurityGroupId? from, SecurityGroupId? to) =>
        OverBudget(plan, site, from, to)
        ?? Of(from, g => FailedChanges.Demotion(plan.Input, g, growing: false) ?? Tripped(plan, g, growing: false))
        ?? Of(to, g => FailedChanges.Demotion(plan.Input, g, growing: true)
            ?? Tripped(plan, g, growing: true)
            ?? Unforeseen(plan, g));

    private static Refusal? OverBudget(PlanningState plan, SiteId site, SecurityGroupId? from, SecurityGroupId? to)
    {
        var made = plan.Input.Commands
            .Where(c => GroupCommands.WasSent(c) && plan.Input.Now - c.CreatedAt < GuardRules.Day)
            .Concat(plan.Commands.Where(c => c.Mode == ScalingMode.Enforce))
            .ToList();
        var budget = plan.Input.Budget;
        return Of(from, Spent)
            ?? Of(to, Spent)
            ?? (made.Count(c => c.Site == site) is var count && count >= budget.PerSite
                ? Over($"site {site}", count, budget.PerSite)
                : null);

        Refusal? Spent(SecurityGroupId id) =>
            made.Count(c => c.Touches(id)) is var count && count >= budget.PerGroup
                ? Over($"SG {id}", count, budget.PerGroup)
                : null;
    }

    private static Refusal Over(string what, int made, int budget) => new(
        ReasonCode.Budget, Invariant($"{what} had {made} changes within 24 hours, and {budget} may be made without asking"));

    // What only keeps SGMs from being taken says nothing against adding one.
    private static Refusal? Tripped(PlanningState plan, SecurityGroupId id, bool growing)
    {
        var trips = (plan.Groups.FirstOrDefault(g => g.Id == id)?.Guards.Trips ?? [])
            .Where(t => !growing || t.Reason is not (ReasonCode.DipGuard or ReasonCode.ReversalFreeze))
            .ToList();
        return trips.Count < GuardRules.TripsToDemote
            ? null
            : new(
                ReasonCode.Demoted,
                Invariant($"{trips.Count} brakes held SG {id} within 24 hours, the last for ")
                    + ReasonCodes.ToCode(trips[^1].Reason));
    }

    private static Refusal? Unforeseen(PlanningState plan, SecurityGroupId id) =>
        plan.Groups.FirstOrDefault(g => g.Id == id) is { } state ? LostForecast.Why(plan.Input, state) : null;

    private static Refusal? Of(SecurityGroupId? id, Func<SecurityGroupId, Refusal?> rule) =>
        id is { } group ? rule(group) : null;
}
