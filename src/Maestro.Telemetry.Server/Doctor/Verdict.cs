namespace Maestro.Telemetry.Server.Doctor;

/// <summary>How something that was examined is.</summary>
public enum Verdict
{
    Ok,

    /// <summary>It works, and should be looked at.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Failed,
}
