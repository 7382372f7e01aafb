using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Fabric.Checks;

namespace Maestro.Telemetry.Scaling;

/// <summary>Which SGM a group gets.</summary>
internal static class CandidateSelection
{
    /// <summary>The best free SGM for the group; null when none fits.</summary>
    public static Gateway? FromPool(PlanningState plan, GroupState state, ImmutableArray<SiteId> sites)
    {
        var model = MajorityModel(state);
        return plan.Input.Fabric.Pool
            .Where(g => sites.Contains(g.Site) && !plan.Taken.ContainsKey(g.Serial) && Unfit(plan, state, g) is null)
            .OrderBy(g => state.ClaimsOn(g.Site))
            .ThenBy(g => model is not null && g.Model.Name != model)
            .ThenBy(g => g.Site)
            .ThenBy(g => g.Serial.Value, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>The best SGM that another group can spare, and that group; null when there is none.</summary>
    public static (Gateway Gateway, GroupState Donor)? FromDonor(
        PlanningState plan, GroupState state, ImmutableArray<SiteId> sites)
    {
        foreach (var donor in plan.Groups.OrderByDescending(g => g.Policy.Priority).ThenBy(g => g.Id))
        {
            if (donor.Id == state.Id)
            {
                continue;
            }

            var refusal = WhyNoDonor(plan, state, donor);
            if (refusal is null)
            {
                Gateway? gateway;
                (gateway, refusal) = RemovalRules.Choose(
                    plan,
                    donor,
                    forMove: true,
                    g => sites.Contains(g.Site) && WrongForGroup(plan, state, g) is null && !IsReserved(plan, state, g));
                if (gateway is not null)
                {
                    return (gateway, donor);
                }
            }

            state.Alternatives.Add($"Not from {Words.Group(donor)}: {refusal!.Sentence}.");
        }

        return null;
    }

    /// <summary>Why a free SGM cannot be given to the group, whoever else wants it; null when it can.</summary>
    public static string? Unfit(PlanningState plan, GroupState state, Gateway gateway)
    {
        if (gateway.State != MemberState.Unassigned)
        {
            return $"is {gateway.State}, not unassigned";
        }

        if (IsReserved(plan, state, gateway))
        {
            return "is in an open command";
        }

        return plan.Input.Commands.Any(c => HasFailed(c, gateway.Serial, plan.Input.Now))
            ? "failed in its last command a short while ago"
            : WrongForGroup(plan, state, gateway);
    }

    /// <summary>Why the model of an SGM keeps it out of the group; null when it does not.</summary>
    public static string? WrongModel(PlanningState plan, GroupState state, Gateway gateway)
    {
        var other = state.Members.Select(m => m.Model.Name)
            .Concat(state.Proposed.Concat(state.Joining).Concat(state.Granted).Select(g => g.Model.Name))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(m => !plan.Input.Allowances.MayMix(m, gateway.Model.Name));
        return other is null
            ? null
            : $"is a {gateway.Model.Name}, which is not certified together with the {other} of the group";
    }

    private static string? WrongForGroup(PlanningState plan, GroupState state, Gateway gateway)
    {
        if (gateway.Licensed is false)
        {
            return "has no valid licence";
        }

        if (plan.Blocks.Gateway(gateway.Serial, FindingEffect.NoGrowth) is { } finding)
        {
            return $"is not fit: {finding.Sentence}";
        }

        if (!(gateway.Model.Weight > 0))
        {
            return $"is a {gateway.Model.Name}, whose weight is not known";
        }

        if (gateway.Release < Release.R8120)
        {
            return $"runs {gateway.Release}, below {Release.R8120}";
        }

        return state.Release is { } release && gateway.Release != release
            ? $"runs {gateway.Release}, the group {release}"
            : WrongModel(plan, state, gateway);
    }

    // What is only shown reserves nothing for a group that acts.
    private static bool IsReserved(PlanningState plan, GroupState state, Gateway gateway) =>
        plan.Input.Commands.Any(c =>
            c.IsOpen
            && c.Serial == gateway.Serial
            && (state.OnlyObserves || !IsOnlyShown(c) || c.Touches(state.Id)));

    private static bool IsOnlyShown(ScalingCommand command) =>
        command.Mode == ScalingMode.Observe && command.State == CommandState.Proposed;

    private static bool HasFailed(ScalingCommand command, GatewaySerial serial, DateTimeOffset now) =>
        command.State == CommandState.Failed
        && command.Serial == serial
        && now - Brakes.EndOf(command) < PlannerRules.Quarantine;

    private static Refusal? WhyNoDonor(PlanningState plan, GroupState state, GroupState donor)
    {
        if (Brakes.Stop(plan, donor) is { } stop)
        {
            return stop;
        }

        if (donor.Policy.ScaleInMode == ScalingMode.Observe && !state.OnlyObserves)
        {
            return new(ReasonCode.PoolEmpty, "its scale-in is only observed");
        }

        return donor.Granted.Count > 0 || donor.Taken is not null || donor.IsShort(donor.Committed)
            ? new(ReasonCode.PoolEmpty, "it needs what it has or is being changed itself")
            : null;
    }

    private static string? MajorityModel(GroupState state) =>
        state.Members
            .GroupBy(m => m.Model.Name, StringComparer.Ordinal)
            .OrderByDescending(m => m.Count())
            .ThenBy(m => m.Key, StringComparer.Ordinal)
            .FirstOrDefault()?.Key;
}
