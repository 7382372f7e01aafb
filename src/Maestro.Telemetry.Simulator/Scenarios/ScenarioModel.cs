namespace Maestro.Telemetry.Simulator.Scenarios;

/// <summary>An appliance model of a scenario. The figures are illustrative, not the vendor's ratings.</summary>
public sealed record ScenarioModel
{
    /// <summary>The name as the Orchestrator gives it, for example "16200".</summary>
    public required string Name { get; init; }

    /// <summary>CPU cores, from 2 to 512.</summary>
    public required int Cores { get; init; }

    /// <summary>Capacity in CPU work: 1 is one SGM of the reference model. Above 0.</summary>
    public required double Weight { get; init; }

    /// <summary>How many of the cores are Secure Network Distributors; the rest are Firewall instances.</summary>
    /// <value>The default is a sixth of the cores, at least 1.</value>
    public int SndCores { get => field == 0 ? Math.Max(1, Cores / 6) : field; init; }
}
