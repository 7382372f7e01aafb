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
        var known = input.Memory.Groups.GetValueOrDefault(id.Value)?.FailedJoins ?? [];
        return
        [
            .. members
                .Where(m => m.State is not (MemberState.Active or MemberState.Standby or MemberState.Backup))
                .Where(m => LastEnd(input, m.Serial) is { } last
                    ? last.State == CommandState.Failed && last.To == id
                    : known.Contains(m.Serial.Value))
                .Select(m => m.Serial.Value)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static ScalingCommand? LastEnd(PlannerInput input, GatewaySerial serial) =>
        input.Commands
            .Where(c => c.Serial == serial && c.State is (CommandState.Verified or CommandState.Failed))
            .MaxBy(Brakes.EndOf);
}
