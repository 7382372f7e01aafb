namespace Maestro.Telemetry.Fabric;

/// <summary>An appliance model and what one SGM of it is worth.</summary>
/// <param name="Name">The name as the Orchestrator gives it.</param>
/// <param name="Cores">CPU cores, at least 1.</param>
/// <param name="Weight">Capacity in reference SGMs: 1 is one SGM of the reference model. Above 0.</param>
public sealed record ApplianceModel(string Name, int Cores, double Weight);
