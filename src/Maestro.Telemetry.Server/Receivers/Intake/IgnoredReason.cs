namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>Why points are left out that nobody did wrong to send.</summary>
internal enum IgnoredReason
{
    /// <summary>No rule has the metric, or the rule leaves the series out.</summary>
    NotMapped,

    /// <summary>A histogram or a summary.</summary>
    Distribution,

    /// <summary>The series has ended: Prometheus' staleness marker, or OTLP's flag that no value was recorded.</summary>
    Stale,

    /// <summary>The series is of a virtual system, and the rule takes those of VS0.</summary>
    OtherVirtualSystem,

    /// <summary>A member tells the state of another member.</summary>
    OtherMember,

    /// <summary>The first point of a counter, or the first after a reset: there is no rate yet.</summary>
    NoRateYet,

    /// <summary>The series had a value at this time already.</summary>
    Repeated,

    /// <summary>The value that the point belongs to was written before the point came.</summary>
    Late,
}
