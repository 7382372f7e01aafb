using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Fabrics;

namespace Maestro.Telemetry.Server.Autoscaling;

/// <summary>Holds one command against the rules of the fabric as it is now, just before it is sent.</summary>
internal sealed class CommandRecheck(PlanBoard board, FabricState fabric)
{
    /// <summary>The rules that the command would break, in a sentence; null when it breaks none.</summary>
    /// <param name="open">The commands that are open now.</param>
    public string? Find(ScalingCommand command, IEnumerable<ScalingCommand> open)
    {
        if (board.Input is not { } input)
        {
            // Nothing was planned since the start: the Orchestrator's own state is all there is to check against.
            return null;
        }

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
}
