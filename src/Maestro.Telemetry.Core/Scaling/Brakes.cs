using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Fabric.Checks;

namespace Maestro.Telemetry.Scaling;

/// <summary>What stops every change of a group, whatever it needs.</summary>
internal static class Brakes
{
    /// <summary>Why nothing may be planned for the group; null when something may.</summary>
    public static Refusal? Stop(PlanningState plan, GroupState state) =>
        Paused(plan.Input, state.Id)
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

    private static Refusal? Paused(PlannerInput input, SecurityGroupId id)
    {
        var pause = input.Pauses.FirstOrDefault(p =>
            (p.Group is null || p.Group == id) && (p.Until is null || p.Until > input.Now));
        if (pause is null)
        {
            return null;
        }

        var what = pause.Group is null ? "everything" : "this group";
        var end = pause.Until is { } until ? $"until {Words.Clock(until)}" : "until somebody resumes it";
        return new(ReasonCode.Paused, $"{pause.Actor} paused {what} {end} ({pause.Reason})");
    }

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
