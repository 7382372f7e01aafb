namespace Maestro.Telemetry.Server.Configuration;

/// <summary>An appliance model and what one SGM of it is worth.</summary>
public sealed class ModelOptions
{
    /// <summary>The name as the Orchestrator gives it.</summary>
    public string Name { get; set; } = "";

    public int Cores { get; set; } = 1;

    /// <summary>Capacity in reference SGMs.</summary>
    public double Weight { get; set; } = 1;
}
