namespace Maestro.Telemetry.Server.Receivers;

/// <summary>
/// How much a sender may have in flight, by how full the queue to the store is: half of it when more than half of the
/// queue is taken, twice as much when no more than a quarter is, and never more than when the stream was opened.
/// </summary>
internal sealed class FlowWindow(int full)
{
    private readonly int _full = full;

    /// <summary>Batches that the sender may have in flight.</summary>
    public int Batches { get; private set; } = full;

    /// <summary>Looks at the queue, once for each acknowledgement: so the window follows the pace of the store.</summary>
    /// <returns>Whether the sender has to be told another number.</returns>
    public bool Adjust(int queued, int capacity)
    {
        var before = Batches;
        if (queued * 2L > capacity)
        {
            Batches = Math.Max(1, Batches / 2);
        }
        else if (queued * 4L <= capacity)
        {
            Batches = (int)Math.Min(_full, Batches * 2L);
        }

        return Batches != before;
    }
}
