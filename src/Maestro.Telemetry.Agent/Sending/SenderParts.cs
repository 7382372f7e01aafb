using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Agent;

/// <summary>What all streams of one sender share.</summary>
/// <param name="Time">The clock of the waits.</param>
/// <param name="SampleClock">The clock that samples are stamped with.</param>
internal sealed record SenderParts(
    TelemetrySenderOptions Options,
    Outbox Outbox,
    Signal Wake,
    Backoff Backoff,
    RefusalLog Refusals,
    TimeProvider Time,
    TimeProvider SampleClock,
    ILogger Logger);
