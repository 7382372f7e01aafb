namespace Maestro.Telemetry.Scaling;

/// <summary>What the telemetry is good enough for.</summary>
internal enum TelemetryUse
{
    /// <summary>Everything.</summary>
    Full,

    /// <summary>Not for removing an SGM.</summary>
    NoScaleIn,

    /// <summary>
    /// Nothing that is measured counts: the floors of the policy hold, and a trusted forecast from before the gap.
    /// </summary>
    FloorsOnly,
}
