using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Agent;

/// <summary>What all streams of one sender share.</summary>
internal sealed record SenderParts(
    TelemetrySenderOptions Options,
    Outbox Outbox,
    Signal Wake,
    Backoff Backoff,
    RefusalLog Refusals,
    TimeProvider Time,
    ILogger Logger);
