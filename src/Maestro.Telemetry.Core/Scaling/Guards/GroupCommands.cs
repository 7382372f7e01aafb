using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>The commands of a group, as the brakes count them.</summary>
internal static class GroupCommands
{
    /// <summary>Changes of a group that were made or are on their way; not those that failed.</summary>
    public static IEnumerable<ScalingCommand> Made(PlannerInput input, SecurityGroupId id) =>
        input.Commands.Where(c => c.Touches(id) && (c.IsInFlight || c.State == CommandState.Verified));

    /// <summary>True when the command was sent, or is about to be, whatever became of it.</summary>
    public static bool WasSent(ScalingCommand command) => command.IsInFlight || command.State is
        CommandState.Verified or CommandState.Failed;

    /// <summary>True when the Orchestrator had applied it before it failed.</summary>
    public static bool WasApplied(ScalingCommand command) => command.Steps.Any(s => s.State == CommandState.Applied);
}
