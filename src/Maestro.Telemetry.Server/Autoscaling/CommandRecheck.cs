using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Fabrics;

namespace Maestro.Telemetry.Server.Autoscaling;

/// <summary>Holds one command against the rules of the fabric as it is now, just before it is sent.</summary>
internal sealed class CommandRecheck(PlanBoard board, FabricState fabric)
{
    /// <summary>False until something was planned since the start: before, there is nothing to check against.</summary>
    public bool IsPossible => board.Input is not null;

    /// <summary>The rules that the command would break, in a sentence; null when it breaks none.</summary>
    /// <param name="open">The commands that are open now.</param>
    public string? Find(ScalingCommand command, IEnumerable<ScalingCommand> open)
    {
        var input = board.Input ?? throw new InvalidOperationException("Nothing was planned since the start.");

        // What somebody has staged ends nothing: the command waits for it, and the controller sees it when it is sent.
        var current = fabric.Current;
        var now = input with
        {
            Fabric = new FabricSnapshot(current.ReadAt, current.Groups, current.Gateways, current.Orchestrators),

            // The gate has asked for those in force; one of the last plan may have ended since.
            Pauses = [],
            Commands = [.. open.Where(c => c.State is CommandState.Applying or CommandState.Applied)],
        };
        var findings = PlanValidator.Check(now, new ScalingPlan(now.Now, [], [command], now.Memory));
        return findings.Count == 0 ? null : string.Join(" ", findings);
    }

    /// <summary>True when the change is made, so that there is nothing left to hold against rules.</summary>
    public bool IsDeployed(ScalingCommand command) =>
        fabric.Current.Find(command.Serial) is { } gateway && gateway.Group == command.To;

    /// <summary>True when the change is staged on the Orchestrator and not applied.</summary>
    public bool IsStaged(ScalingCommand command) => fabric.Current.PendingChanges.Any(
        p => p.Serial == command.Serial && p.PendingGroup == command.To);
}
