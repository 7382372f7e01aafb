namespace Maestro.Telemetry.Tests.Orchestration;

/// <summary>What goes wrong with one request.</summary>
public enum FakeFault
{
    None,

    /// <summary>There is no connection: the request never leaves.</summary>
    NoConnection,

    /// <summary>The connection breaks and the Orchestrator did nothing.</summary>
    LostRequest,

    /// <summary>The Orchestrator did it, and the connection breaks before the answer.</summary>
    LostReply,

    /// <summary>No answer in time, nothing done.</summary>
    SlowNotDone,

    /// <summary>No answer in time, and it was done.</summary>
    SlowDone,

    /// <summary>A proxy's 503 page; nothing done.</summary>
    Html503NotDone,

    /// <summary>A 503 page, and it was done.</summary>
    Html503Done,

    /// <summary>The session has ended.</summary>
    SessionExpired,

    /// <summary>Half a JSON object, and it was done.</summary>
    GarbageDone,

    /// <summary>A page with status 200, nothing done.</summary>
    Html200,

    /// <summary>More than the limit, nothing done.</summary>
    Oversized,

    /// <summary>A no with the vendor's error body.</summary>
    Refused,

    /// <summary>A JSON error with status 500, nothing done.</summary>
    Error500,
}
