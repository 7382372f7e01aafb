using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;

namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>Hands on what open rows have, and closes them. Not safe for concurrent use.</summary>
internal sealed class RowWriter(
    OpenRows rows,
    RowOutlet outlet,
    PartsKeeper keeper,
    FabricState fabric,
    ReceiverOptions options,
    TimeProvider clock)
{
    // What is whole and written is still open so that what is sent twice is known again; who catches up sends many.
    private const int WholeRowsPerSgm = 8;

    /// <summary>Writes all that a row has, whole or not; it gets no more points.</summary>
    public void Close(OpenRow row)
    {
        Write(row, isClosing: true);
        Finish(row);
    }

    /// <summary>Hands on what of these rows can be written; what waits for others is kept before anybody is answered.</summary>
    public void Write(IReadOnlyList<OpenRow> given)
    {
        var holding = new List<OpenRow>();
        foreach (var row in given)
        {
            if (row.Waiting.Count > 0 && RowBuilder.HoldsBack(row))
            {
                holding.Add(row);
            }
            else
            {
                Write(row, isClosing: false);
            }
        }

        if (holding.Count == 0)
        {
            return;
        }

        var isKept = keeper.TryKeep(holding);
        var now = clock.GetTimestamp();
        foreach (var row in holding)
        {
            if (isKept)
            {
                Write(row, isClosing: false);
            }
            else
            {
                // Nobody is answered whose points are kept nowhere: they wait for the rest, or are asked to come back.
                row.WaitingSince = now;
            }
        }
    }

    /// <summary>The same of rows that have all that is expected. When many are open, they are done with it.</summary>
    public void WriteWhole(IReadOnlyList<OpenRow> whole)
    {
        Write(whole);
        foreach (var row in whole.Where(IsDone))
        {
            Finish(row);
        }
    }

    private void Finish(OpenRow row)
    {
        rows.Close(row);
        keeper.Settle(row);
    }

    /// <summary>Whether a row that is whole need not be open any longer: nothing of it waits, and others need the room.</summary>
    private bool IsDone(OpenRow row) =>
        row.WaitingSince is null
        && row.Generations.Count == 0
        && (row.Sgm.Rows.Count > WholeRowsPerSgm || rows.Count > options.MaxOpenRows / 2);

    /// <summary>Hands on what can be written, and then the row's requests wait for that.</summary>
    private void Write(OpenRow row, bool isClosing)
    {
        var waiting = row.Waiting;
        row.Waiting = [];
        row.WaitingSince = null;
        var group = fabric.Current.Find(row.Sgm.Serial)?.Group;
        if (RowBuilder.Build(row, group, isClosing) is { } batch)
        {
            row.LastBatch = new RowBatch(batch, waiting);
            outlet.Add(row.LastBatch);
            return;
        }

        foreach (var request in waiting)
        {
            request.Release();
        }
    }
}
