namespace Maestro.Telemetry.Storage.Influx;

/// <summary>What to do about an answer to a write.</summary>
internal enum InfluxAction
{
    /// <summary>Stored.</summary>
    Done,

    /// <summary>One point or more can never be stored: halve, until it stands alone.</summary>
    Bisect,

    /// <summary>Too many bytes at once: halve, and remember.</summary>
    Halve,

    /// <summary>Nobody can write until an operator acts.</summary>
    Hold,

    /// <summary>The database is not there; where it can be made, it is made.</summary>
    Prepare,

    /// <summary>The server is busy: later, when it says so or by backing off.</summary>
    Throttle,

    /// <summary>The server failed: the same again later.</summary>
    Retry,
}
