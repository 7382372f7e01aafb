namespace Maestro.Telemetry.Gaia.Contracts;

internal sealed class TopologyRequest
{
    /// <summary>True for the pending topology, false for the deployed one.</summary>
    public required bool IncludePendingChanges { get; init; }
}
