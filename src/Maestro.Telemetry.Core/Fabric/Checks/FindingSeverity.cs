namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know, or a fact that is missing to check a rule.</summary>
    Info,

    /// <summary>It works, and should be otherwise.</summary>
    Warning,

    /// <summary>A rule of the fabric is broken.</summary>
    Error,
}
