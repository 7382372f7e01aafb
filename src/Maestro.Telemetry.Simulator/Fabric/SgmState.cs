namespace Maestro.Telemetry.Simulator.Fabric;

/// <summary>The state of an SGM, by the names that the Orchestrator prints.</summary>
public enum SgmState
{
    /// <summary>In no Security Group.</summary>
    Unassigned,

    /// <summary>Joining: it clones its image and takes the policy.</summary>
    Init,

    /// <summary>Joined and about to take its share.</summary>
    Ready,

    /// <summary>Carries its share.</summary>
    Active,

    /// <summary>A member that serves nothing, or an SGM that is leaving its group.</summary>
    Down,

    /// <summary>Heard of by nobody.</summary>
    Lost,
}
