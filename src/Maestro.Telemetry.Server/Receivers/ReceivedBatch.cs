using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>A batch from the wire in arrays of its own, which the store may keep.</summary>
/// <param name="Sequence">Its number within its stream.</param>
/// <param name="TimestampsMs">Milliseconds since 1970-01-01T00:00:00Z, one per row.</param>
/// <param name="Values">Row-major; not checked yet.</param>
/// <param name="SentMs">The sender's clock when it sent this, in the same unit; 0 when it does not say.</param>
internal sealed record ReceivedBatch(ulong Sequence, long[] TimestampsMs, double[] Values, long SentMs = 0)
{
    public static ReceivedBatch Of(Batch batch) =>
        new(batch.Sequence, [.. batch.TimestampsUnixMs], [.. batch.Values], batch.SentUnixMs);
}
