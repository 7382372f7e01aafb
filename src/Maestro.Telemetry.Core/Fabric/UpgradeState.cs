namespace Maestro.Telemetry.Fabric;

/// <summary>Whether the software of an Orchestrator or an SGM is being changed.</summary>
public enum UpgradeState
{
    /// <summary>It is not.</summary>
    None,

    InProgress,

    /// <summary>An upgrade ended halfway; somebody must look.</summary>
    Failed,
}
