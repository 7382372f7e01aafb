namespace Maestro.Telemetry.Gaia;

/// <summary>What an SGM of one model is worth.</summary>
public sealed class ApplianceModelOptions
{
    /// <summary>The name as the Orchestrator gives it; compared without regard to case.</summary>
    public string Name { get; set; } = "";

    /// <summary>CPU cores.</summary>
    /// <value>From 1 to 1024.</value>
    public int Cores { get; set; }

    /// <summary>Capacity in reference SGMs.</summary>
    /// <value>Above 0. The default is Cores divided by <see cref="GaiaOptions.ReferenceCores"/>.</value>
    public double? Weight { get; set; }
}
