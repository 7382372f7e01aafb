namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>What became of a request.</summary>
internal enum ReceiverVerdict
{
    /// <summary>All that could be taken is committed.</summary>
    Committed,

    /// <summary>There is no room now: send the same again later.</summary>
    Busy,

    /// <summary>It was not committed in time, or nobody knows the fabric yet: send the same again later.</summary>
    Unavailable,

    /// <summary>It is not what it says it is: do not send it again.</summary>
    Malformed,

    /// <summary>It is above a limit: send it in smaller requests.</summary>
    TooLarge,

    /// <summary>Its content type or encoding is none that is read here.</summary>
    Unsupported,
}
