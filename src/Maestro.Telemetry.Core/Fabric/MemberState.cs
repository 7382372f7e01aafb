namespace Maestro.Telemetry.Fabric;

/// <summary>The cluster state of an SGM. The Orchestrator's list is open: what we do not know is <see cref="Unknown"/>.</summary>
public enum MemberState
{
    Unknown = 0,
    Lost = 1,
    Down = 2,
    Standby = 3,
    Init = 4,
    Ready = 5,
    Active = 6,
    Backup = 7,

    /// <summary>In no Security Group.</summary>
    Unassigned = 8,
}
