using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Server.Autoscaling;

/// <summary>
/// The one place that decides whether a command may leave: mode and pauses. Every call to the Orchestrator passes it,
/// whoever asks.
/// </summary>
internal static class CommandGate
{
    /// <summary>
    /// What becomes of the planner's commands: in mode observe they are dropped, in mode recommend they wait for an
    /// approval, in mode enforce they may go.
    /// </summary>
    public static ScalingPlan Admit(ScalingPlan plan) => plan with
    {
        Commands =
        [
            .. plan.Commands
                .Where(c => c.Mode is not ScalingMode.Observe)
                .Select(c => c with
                {
                    State = c.Mode is ScalingMode.Enforce ? CommandState.Approved : CommandState.Proposed,
                }),
        ],
    };

    /// <summary>Why the command may not be sent now, in a sentence; null when it may.</summary>
    public static string? Refuse(
        ScalingCommand command,
        IReadOnlyList<PauseRecord> pauses,
        IReadOnlyList<ScalingPolicy> policies,
        DateTimeOffset now)
    {
        if (pauses.FirstOrDefault(p => p.HoldsAt(now) && p.Stops(command)) is { } pause)
        {
            return $"{pause.Actor} paused {pause.Scope}: {pause.Reason}";
        }

        if (Forbidden(command, policies, now) is { } schedule)
        {
            return schedule;
        }

        var mode = ModeOf(command, policies);
        if (mode is ScalingMode.Observe)
        {
            return "The policy says observe; nothing is sent.";
        }

        if (mode is ScalingMode.Recommend && !IsApprovedByOperator(command))
        {
            return "The policy says recommend by now, and no operator has approved it.";
        }

        return command.State is CommandState.Approved or CommandState.Applying
            ? null
            : $"It is {command.State} and not approved.";
    }

    // A freeze that lets emergencies grow stops no add: the planner made it in an emergency, or an operator has.
    private static string? Forbidden(
        ScalingCommand command, IReadOnlyList<ScalingPolicy> policies, DateTimeOffset now)
    {
        foreach (var policy in policies.Where(p => command.Touches(p.Group)))
        {
            var takes = command.From == policy.Group;
            if (ScheduleRules.Freeze(policy.Schedules, now) is { } freeze && (takes || !freeze.AllowEmergency))
            {
                return $"Schedule {freeze.Name} forbids every change of group {policy.Group} now.";
            }

            if (takes && !ScheduleRules.RemovalsAllowed(policy.Schedules, now))
            {
                return $"It is outside the windows in which SGMs may be taken from group {policy.Group}.";
            }
        }

        return null;
    }

    private static ScalingMode ModeOf(ScalingCommand command, IReadOnlyList<ScalingPolicy> policies)
    {
        var outMode = command.To is { } to ? PolicyOf(to)?.ScaleOutMode ?? ScalingMode.Observe : ScalingMode.Enforce;
        var inMode = command.From is { } from ? PolicyOf(from)?.ScaleInMode ?? ScalingMode.Observe : ScalingMode.Enforce;
        return (ScalingMode)Math.Min((int)outMode, (int)inMode);

        // A group that has no policy any more is nobody's to change.
        ScalingPolicy? PolicyOf(SecurityGroupId id) => policies.FirstOrDefault(p => p.Group == id);
    }

    private static bool IsApprovedByOperator(ScalingCommand command) =>
        command.Steps.Any(s => s.State is CommandState.Approved && s.Actor != ScalingExecutor.Actor);
}
