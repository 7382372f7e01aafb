using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Fabric.Checks;

namespace Maestro.Telemetry.Scaling;

/// <summary>Which SGM a group gets.</summary>
internal static class CandidateSelection
{
    /// <summary>How long an SGM is kept for the group that freed it.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    /// <summary>Which free SGMs a group takes first: one that it freed itself, then one of its own model; the lowest.</summary>
    public static int Rank(PlanningState plan, GroupState state, Gateway gateway) =>
        FreedBy(plan.Input, gateway.Serial)?.From == state.Id ? 0
        : MajorityModel(state) is { } model && gateway.Model.Name != model ? 2
        : 1;

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

        if (KeptForAnother(plan, state, gateway.Serial) is { } freed)
        {
            return $"is kept for SG {freed.From}, which freed it, until {Words.Clock(Brakes.EndOf(freed) + Kept)}";
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

    /// <summary>Why an SGM may not be in the group, wherever it is now; null when it may.</summary>
    public static string? WrongForGroup(PlanningState plan, GroupState state, Gateway gateway)
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

    /// <summary>True when an open command is about the SGM. What is only shown reserves nothing for a group that acts.</summary>
    public static bool IsReserved(PlanningState plan, GroupState state, Gateway gateway) =>
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

    // The group that freed it is the one that needs it soonest if it was freed in error. One of higher priority goes first.
    private static ScalingCommand? KeptForAnother(PlanningState plan, GroupState state, GatewaySerial serial) =>
        FreedBy(plan.Input, serial) is { } freed && freed.From != state.Id
        && plan.Input.Policies.FirstOrDefault(p => p.Group == freed.From) is { } owner
        && owner.Priority <= state.Policy.Priority
            ? freed
            : null;

    private static ScalingCommand? FreedBy(PlannerInput input, GatewaySerial serial) =>
        input.Commands.FirstOrDefault(c =>
            c is { Kind: CommandKind.Remove, State: CommandState.Verified }
            && c.Serial == serial
            && input.Now - Brakes.EndOf(c) < Kept);

    private static string? MajorityModel(GroupState state) =>
        state.Members
            .GroupBy(m => m.Model.Name, StringComparer.Ordinal)
            .OrderByDescending(m => m.Count())
            .ThenBy(m => m.Key, StringComparer.Ordinal)
            .FirstOrDefault()?.Key;
}
