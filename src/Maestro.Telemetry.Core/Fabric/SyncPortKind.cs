namespace Maestro.Telemetry.Fabric;

/// <summary>What a sync port joins.</summary>
public enum SyncPortKind
{
    /// <summary>The Orchestrators of one site; ssm_sync to the vendor.</summary>
    Internal,

    /// <summary>The Orchestrators of two sites; site_sync to the vendor.</summary>
    Site,
}
