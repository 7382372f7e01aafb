using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Server.Autoscaling;

/// <summary>Says from the fabric whether a command has come to its end. Pure.</summary>
internal static class CommandFollower
{
    /// <summary>The end that the command has reached; null while it has not.</summary>
    /// <param name="waits">True while an approved command has to wait for another change of its site.</param>
    public static (CommandState State, string Note)? Look(
        ScalingCommand command, FabricSnapshot fabric, DateTimeOffset now, TimeSpan joinTimeout, bool waits = false) =>
        command.State switch
        {
            CommandState.Proposed when now >= command.ExpiresAt =>
                (CommandState.Expired, "Nobody approved it in time."),
            CommandState.Approved when now >= command.ExpiresAt && !waits =>
                (CommandState.Expired, "It could not be sent in time; the planner decides anew."),
            CommandState.Applying when now >= command.ExpiresAt + joinTimeout && fabric.ReadAt > command.ExpiresAt
                && fabric.Find(command.Serial)?.Group != command.To =>
                (CommandState.Failed,
                    $"The Orchestrators have not confirmed it in {joinTimeout}; look at SGM {command.Serial} there."),
            CommandState.Applied => LookAtApplied(command, fabric, joinTimeout),
            _ => null,
        };

    /// <summary>
    /// What may be sent now, what was being sent first; one on each site. An SGM that joins does not keep the
    /// Orchestrator from adding another; whether it takes too long is for the rules that each command is held against.
    /// </summary>
    public static IEnumerable<ScalingCommand> Sendable(IReadOnlyList<ScalingCommand> open)
    {
        var applied = open.Where(c => c.State is CommandState.Applied).ToList();
        var closed = applied.Where(c => c.Kind is not CommandKind.Add).Select(c => c.Site).ToHashSet();
        var joining = applied.Where(c => c.Kind is CommandKind.Add).Select(c => c.Site).ToHashSet();
        foreach (var command in open.Where(c => c.State is CommandState.Applying)
            .Concat(open.Where(c => c.State is CommandState.Approved)))
        {
            var waits = command.Kind is not CommandKind.Add && joining.Contains(command.Site);
            if (command.State is CommandState.Applying || (!waits && closed.Add(command.Site)))
            {
                closed.Add(command.Site);
                yield return command;
            }
        }
    }

    private static (CommandState, string)? LookAtApplied(
        ScalingCommand command, FabricSnapshot fabric, TimeSpan joinTimeout)
    {
        // A reading from before the apply says nothing about it.
        if (fabric.ReadAt <= command.UpdatedAt)
        {
            return null;
        }

        var gateway = fabric.Find(command.Serial);

        // By the reading, not by the clock: while no Orchestrator answers, nobody knows that it has not arrived.
        var elapsed = fabric.ReadAt - command.UpdatedAt;
        var arrived = gateway is not null && gateway.Group == command.To
            && (command.To is null ? gateway.State is MemberState.Unassigned : gateway.State is MemberState.Active);
        if (arrived)
        {
            var minutes = elapsed.TotalMinutes.ToString("F1", CultureInfo.InvariantCulture);
            return (CommandState.Verified, command.To is { } group
                ? $"SGM {command.Serial} is ACTIVE in group {group} after {minutes} min."
                : $"SGM {command.Serial} is free after {minutes} min.");
        }

        if (elapsed < joinTimeout)
        {
            return null;
        }

        var state = gateway is null ? "not in the fabric" : $"{gateway.State} in group {gateway.Group?.ToString() ?? "none"}";
        return (CommandState.Failed, $"SGM {command.Serial} is {state} after {joinTimeout}; look at it on the Orchestrator.");
    }
}
