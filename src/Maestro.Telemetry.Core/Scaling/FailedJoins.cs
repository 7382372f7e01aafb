using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling;

/// <summary>Members that were brought in and did not get into service in time.</summary>
internal static class FailedJoins
{
    /// <summary>
    /// Serials of the members whose last change failed and that have not been seen in service since, ordered. The memory
    /// has those whose commands are too old to be in the input.
    /// </summary>
    /// <param name="input">The commands, and what was known in the last cycle.</param>
    /// <param name="id">The group.</param>
    /// <param name="members">Its members, whatever their state.</param>
    public static ImmutableArray<string> Of(PlannerInput input, SecurityGroupId id, ImmutableArray<Gateway> members)
    {
        var memory = input.Memory.Groups.GetValueOrDefault(id.Value);
        return
        [
            .. members
                .Where(m => !IsInService(m) && memory?.LateJoins.Contains(m.Serial.Value) != true)
                .Where(m => LastEnd(input, m.Serial) is { } last
                    ? IsFailure(last, id)
                    : memory?.FailedJoins.Contains(m.Serial.Value) == true)
                .Select(m => m.Serial.Value)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Serials of the members that were seen in service after their last change had failed, ordered, for as long as that
    /// command is in the input: they came late, and what keeps them from service another time is no failed join.
    /// </summary>
    /// <param name="input">The commands, and what was known in the last cycle.</param>
    /// <param name="id">The group.</param>
    /// <param name="members">Its members, whatever their state.</param>
    public static ImmutableArray<string> Late(PlannerInput input, SecurityGroupId id, ImmutableArray<Gateway> members)
    {
        var memory = input.Memory.Groups.GetValueOrDefault(id.Value);
        return
        [
            .. members
                .Where(m => IsInService(m) || memory?.LateJoins.Contains(m.Serial.Value) == true)
                .Where(m => LastEnd(input, m.Serial) is { } last && IsFailure(last, id))
                .Select(m => m.Serial.Value)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsInService(Gateway member) =>
        member.State is MemberState.Active or MemberState.Standby or MemberState.Backup;

    private static bool IsFailure(ScalingCommand last, SecurityGroupId id) =>
        last.State == CommandState.Failed && last.To == id;

    private static ScalingCommand? LastEnd(PlannerInput input, GatewaySerial serial) =>
        input.Commands
            .Where(c => c.Serial == serial && c.State is (CommandState.Verified or CommandState.Failed))
            .MaxBy(Brakes.EndOf);
}
