namespace Maestro.Telemetry.Server.Access;

/// <summary>What a caller may do; an operator may also do what a viewer may.</summary>
public enum CallerRole
{
    /// <summary>Reports samples, and reads nothing.</summary>
    Agent,

    /// <summary>Reads status, console and metrics.</summary>
    Viewer,

    /// <summary>Also approves, rejects, pauses and resumes.</summary>
    Operator,
}
