using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

/// <summary>Cuts batches into smaller ones.</summary>
internal static class BatchPart
{
    /// <summary>The rows from the first to before the second number, without a sequence number.</summary>
    public static Batch Of(Batch batch, int columns, int from, int to)
    {
        var part = new Batch();
        part.TimestampsUnixMs.AddRange(batch.TimestampsUnixMs.Skip(from).Take(to - from));
        part.Values.AddRange(batch.Values.Skip(from * columns).Take((to - from) * columns));
        return part;
    }
}
