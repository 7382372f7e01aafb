namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>Keeps on disk what of a row is answered before it is in the store, and forgets it afterwards.</summary>
internal sealed partial class PartsKeeper(IPartsJournal journal, ILogger<PartsKeeper> logger)
{
    // Rows are settled by whoever commits them.
    private readonly Lock _gate = new();

    /// <summary>
    /// Keeps the points of rows that wait for others, all with one flush to the disk; false when they cannot be kept.
    /// </summary>
    public bool TryKeep(IReadOnlyList<OpenRow> rows)
    {
        try
        {
            lock (_gate)
            {
                var generation = journal.Append([.. rows.Select(RowBuilder.HeldBack)]);
                foreach (var row in rows)
                {
                    row.Generations.Add(generation);
                }
            }

            return true;
        }
        catch (IOException e)
        {
            LogNotKept(e);
            return false;
        }
    }

    /// <summary>The row is closed: what was kept of it is no longer needed once its newest batch is committed.</summary>
    public void Settle(OpenRow row)
    {
        foreach (var generation in row.Generations)
        {
            // By now the newest batch has all that the journal kept; batches are committed in their order.
            if (row.LastBatch is { } batch)
            {
                batch.Then(() => Settle(generation));
            }
            else
            {
                Settle(generation);
            }
        }
    }

    public void Settle(int generation)
    {
        lock (_gate)
        {
            journal.Settle(generation);
        }
    }

    [LoggerMessage(1110, LogLevel.Error,
        "Parts of rows cannot be kept on disk; their senders wait for the rest of the rows, or are asked to come back")]
    private partial void LogNotKept(Exception exception);
}
