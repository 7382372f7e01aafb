namespace Maestro.Telemetry.Server.Polling;

/// <summary>What came of a member in a round.</summary>
internal enum PollOutcome
{
    /// <summary>It answered, and the row was taken.</summary>
    Accepted,

    /// <summary>It answered, and the row was refused.</summary>
    Refused,

    /// <summary>It was asked, and there was no usable answer.</summary>
    Failed,

    /// <summary>Its samples come without asking.</summary>
    Pushed,

    /// <summary>It was not asked: it failed a moment ago, or nobody of its group answers.</summary>
    Deferred,
}
