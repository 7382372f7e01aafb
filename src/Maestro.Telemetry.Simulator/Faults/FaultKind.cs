using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Simulator.Faults;

/// <summary>What can be made to go wrong.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
public enum FaultKind
{
    /// <summary>The Orchestrator breaks off every connection without a reply.</summary>
    Down,

    /// <summary>The Orchestrator takes <see cref="Fault.DelaySeconds"/> longer to reply.</summary>
    Slow,

    /// <summary>The Orchestrator replies 500 with an error body.</summary>
    Error500,

    /// <summary>Something in front of the Orchestrator replies 503 with a page of HTML.</summary>
    Html503,

    /// <summary>The Orchestrator replies 401 whatever the session.</summary>
    Unauthorized,

    /// <summary>All sessions of the Orchestrator end at once.</summary>
    ExpireSessions,

    /// <summary>The next apply is deployed, but its reply never arrives.</summary>
    ApplyLost,

    /// <summary>The next apply is refused and deploys nothing.</summary>
    ApplyFails,

    /// <summary>Somebody else stages <see cref="Fault.Serial"/> for <see cref="Fault.Group"/>.</summary>
    ForeignPending,

    /// <summary><see cref="Fault.Serial"/> is deployed in <see cref="Fault.Group"/> past what is pending.</summary>
    OutOfBand,

    /// <summary>The joins of <see cref="Fault.Serial"/> end DOWN.</summary>
    JoinFails,

    /// <summary>The joins of <see cref="Fault.Serial"/> succeed again.</summary>
    JoinSucceeds,

    /// <summary><see cref="Fault.Serial"/> is LOST and its telemetry ends.</summary>
    MemberLost,

    /// <summary><see cref="Fault.Serial"/> is DOWN and still speaks.</summary>
    MemberDown,

    /// <summary><see cref="Fault.Serial"/> comes back and joins its group again.</summary>
    MemberRevives,

    /// <summary>The agent of <see cref="Fault.Serial"/> has nothing to say.</summary>
    TelemetryGap,

    /// <summary>The agent of <see cref="Fault.Serial"/> reads the same values again and again.</summary>
    StuckValues,

    /// <summary>The demand of <see cref="Fault.Group"/> is multiplied by <see cref="Fault.Factor"/>.</summary>
    FlashCrowd,
}
