using Maestro.Telemetry.Scaling.Guards;

namespace Maestro.Telemetry.Scaling;

/// <summary>What an operator cannot approve at the moment.</summary>
public static class ApprovalRules
{
    /// <summary>
    /// Why a proposal that takes an SGM from a group waits for telemetry, in words to follow the group; null when it may be
    /// approved.
    /// </summary>
    /// <param name="input">What the newest plan depended on.</param>
    /// <param name="command">The proposal.</param>
    public static string? Why(PlannerInput input, ScalingCommand command)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(command);
        if (command.From is not { } group)
        {
            return null;
        }

        var telemetry = input.Telemetry.FirstOrDefault(t => t.Group == group);
        var memory = input.Memory.Groups.GetValueOrDefault(group.Value);
        var verdict = TelemetryRules.Judge(telemetry, [.. input.Fabric.MembersOf(group)], memory, input.Now);
        var why = verdict.Problem
            ?? RemovalGuards.Recovering(GuardReader.SamplesToRecover(verdict, telemetry, memory))
            ?? RemovalGuards.Missed(telemetry);
        return why?.Sentence;
    }
}
