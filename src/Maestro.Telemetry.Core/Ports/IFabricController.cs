using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Ports;

/// <summary>Reads the topology from the Orchestrators and changes it. The only way a command leaves the process.</summary>
public interface IFabricController
{
    /// <summary>The deployed topology, and what is staged and not applied.</summary>
    /// <exception cref="FabricControllerException">No Orchestrator gave a usable answer.</exception>
    Task<FabricSnapshot> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Moves one SGM and applies: reads again, refuses when the SGM is not where the change expects it or when somebody
    /// else's changes are staged, sets, checks that exactly this change is staged, applies. Never discards. Calling it
    /// again for a change that is already staged or deployed finishes it instead of repeating it.
    /// </summary>
    /// <exception cref="FabricControllerException">
    /// The Orchestrators gave no usable answer; <see cref="FabricControllerException.MayHaveHappened"/> says whether
    /// the change may have been made all the same.
    /// </exception>
    Task<ApplyResult> ApplyAsync(MembershipChange change, CancellationToken cancellationToken);
}
