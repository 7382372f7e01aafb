using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>
/// After two failed adds in a row no SGM is added for an hour: what keeps one from joining may keep the next. Until one
/// succeeds, the rest of the day's changes are only proposed.
/// </summary>
internal static class FailedChanges
{
    /// <summary>Why nothing is added now; null when something may be.</summary>
    public static Refusal? Read(PlannerInput input, SecurityGroupId id)
    {
        if (LastFailure(input, id, growing: true) is not { } failed)
        {
            return null;
        }

        var until = Brakes.EndOf(failed) + GuardRules.CircuitOpen;
        var applied = GroupCommands.WasApplied(failed);
        return until <= input.Now
            ? null
            : new(
                applied ? ReasonCode.JoinTimeout : ReasonCode.ApplyFailed,
                (applied ? "the last two SGMs did not get into service" : "the last two adds failed")
                    + $", SGM {failed.Serial} at {Words.Clock(Brakes.EndOf(failed))}; "
                    + $"the next one is tried after {Words.Clock(until)}");
    }

    /// <summary>Why changes in that direction are only proposed; null when they may be made.</summary>
    public static Refusal? Demotion(PlannerInput input, SecurityGroupId id, bool growing) =>
        LastFailure(input, id, growing) is { } failed && input.Now - Brakes.EndOf(failed) < GuardRules.Day
            ? new(
                ReasonCode.Demoted,
                $"the last two {(growing ? "adds" : "removals")} of SG {id} failed, and none has succeeded since")
            : null;

    // The last of two failures in a row; null when the last two changes did not both fail.
    private static ScalingCommand? LastFailure(PlannerInput input, SecurityGroupId id, bool growing)
    {
        var ended = input.Commands
            .Where(c => (growing ? c.To : c.From) == id && c.State is CommandState.Verified or CommandState.Failed)
            .OrderByDescending(Brakes.EndOf)
            .ThenByDescending(c => c.Id, StringComparer.Ordinal)
            .Take(GuardRules.FailuresInARow)
            .ToList();
        return ended.Count == GuardRules.FailuresInARow && ended.TrueForAll(c => c.State == CommandState.Failed)
            ? ended[0]
            : null;
    }
}
