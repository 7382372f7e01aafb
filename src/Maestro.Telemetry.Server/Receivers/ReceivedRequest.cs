using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>A StreamRequest as the collector reads it: one of the two, or neither.</summary>
internal sealed record ReceivedRequest(Hello? Hello, ReceivedBatch? Batch);
