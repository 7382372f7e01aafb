using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Fabric.Checks;
using Maestro.Telemetry.Scaling.Guards;

namespace Maestro.Telemetry.Scaling;

/// <summary>What stops every change of a group, whatever it needs.</summary>
internal static class Brakes
{
    /// <summary>Why nothing may be planned for the group; null when something may.</summary>
    public static Refusal? Stop(PlanningState plan, GroupState state) =>
        Pauses.Stop(plan.Input, state.Id)
        ?? Frozen(plan.Input, state)
        ?? ReleaseTooOld(state)
        ?? plan.Blocks.Group(state.Id, FindingEffect.NoChange)
        ?? PendingForeign(plan.Input);

    /// <summary>Why an operator's "no" still holds for the direction; null when it does not.</summary>
    public static Refusal? Rejected(PlannerInput input, GroupState state, bool scaleOut)
    {
        var rejected = input.Commands
            .Where(c => c.State == CommandState.Rejected && (scaleOut ? c.To : c.From) == state.Id)
            .Where(c => input.Now - EndOf(c) < state.Policy.Cooldown)
            .MaxBy(EndOf);
        return rejected is null
            ? null
            : new(
                ReasonCode.ApprovalRejected,
                $"an operator rejected the last proposal at {Words.Clock(EndOf(rejected))}; "
                    + $"the next one comes after {Words.Clock(EndOf(rejected) + state.Policy.Cooldown)}");
    }

    /// <summary>When a command that has ended ended.</summary>
    public static DateTimeOffset EndOf(ScalingCommand command) =>
        command.UpdatedAt > command.CreatedAt ? command.UpdatedAt : command.CreatedAt;

    // A freeze may let a group above its hard limit grow; what it forbids beside that is with the removals.
    private static Refusal? Frozen(PlannerInput input, GroupState state) =>
        ScheduleRules.Freeze(state.Policy.Schedules, input.Now) is { } freeze
            && !(freeze.AllowEmergency && state.IsEmergency)
            ? new(ReasonCode.Freeze, $"schedule {freeze.Name} forbids every change now")
            : null;

    private static Refusal? ReleaseTooOld(GroupState state)
    {
        var old = state.Members.FirstOrDefault(m => m.Release < Release.R8120);
        return old is null
            ? null
            : new(
                ReasonCode.ReleaseTooOld,
                $"SGM {old.Serial} runs {old.Release}, and groups are scaled from {Release.R8120} on");
    }

    private static Refusal? PendingForeign(PlannerInput input)
    {
        var foreign = input.Fabric.PendingChanges.FirstOrDefault(p => !IsOurs(input, p));
        return foreign is null
            ? null
            : new(
                ReasonCode.PendingForeign,
                $"somebody else's change is staged on the Orchestrator ({foreign.Description}); "
                    + "apply or discard it there");
    }

    private static bool IsOurs(PlannerInput input, PendingChange change) =>
        change.Serial is { } serial
        && input.Commands.Any(c =>
            c.IsInFlight && c.Serial == serial && c.From == change.DeployedGroup && c.To == change.PendingGroup);
}
