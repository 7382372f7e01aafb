namespace Maestro.Telemetry.Simulator.Scenarios;

/// <summary>
/// What the simulated Orchestrators refuse. The caps come from the vendor's documents; the rest is plausible but was
/// never seen, so each can be switched off.
/// </summary>
public sealed record FabricRules
{
    /// <summary>SGMs of one Security Group on one site.</summary>
    /// <value>The default is 14; at least 1.</value>
    public int MaxMembersPerSite { get; init; } = 14;

    /// <summary>SGMs of one Security Group over all sites.</summary>
    /// <value>The default is 28; at least 1.</value>
    public int MaxMembersPerGroup { get; init; } = 28;

    /// <summary>Refuse an apply that leaves a group above a cap.</summary>
    public bool EnforceCaps { get; init; } = true;

    /// <summary>Plausible, not seen: refuse an apply that takes the last member of a group.</summary>
    public bool ProtectLastMember { get; init; } = true;

    /// <summary>Plausible, not seen: refuse an apply that assigns an SGM that no Orchestrator reaches.</summary>
    public bool RefuseLostGateways { get; init; } = true;

    /// <summary>Plausible, not seen: refuse parameters that a command does not know.</summary>
    public bool RefuseUnknownParameters { get; init; } = true;
}
