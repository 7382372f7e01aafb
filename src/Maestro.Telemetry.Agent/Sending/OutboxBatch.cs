using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

/// <summary>A batch that has its number: it was sent at least once and is not acknowledged.</summary>
internal sealed class OutboxBatch(Batch batch)
{
    private Dictionary<uint, RefusalReason>? _refused;

    // Kept as a whole request: sending again costs no copy.
    public StreamRequest Request { get; } = new() { Batch = batch };

    public ulong Sequence { get; } = batch.Sequence;

    public int Rows { get; } = batch.TimestampsUnixMs.Count;

    /// <summary>Rows that the collector refused, and the first reason given for each.</summary>
    public IReadOnlyDictionary<uint, RefusalReason>? Refused => _refused;

    public void Mark(Refusal refusal)
    {
        // The wire's enumerations are open: a reason of a later version counts as unspecified.
        var reason = Enum.IsDefined(refusal.Reason) ? refusal.Reason : RefusalReason.Unspecified;
        _refused ??= [];
        if (refusal.Rows.Count == 0)
        {
            for (var row = 0u; row < Rows; row++)
            {
                _refused.TryAdd(row, reason);
            }

            return;
        }

        foreach (var row in refusal.Rows)
        {
            if (row < Rows)
            {
                _refused.TryAdd(row, reason);
            }
        }
    }

    /// <summary>Forgets what a broken stream said: the batch will be judged again.</summary>
    public void Unmark() => _refused = null;
}
