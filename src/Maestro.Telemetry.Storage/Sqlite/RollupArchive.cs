using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Puts whole roll-ups in their place, in one transaction.</summary>
internal sealed class RollupArchive(Database database, GatewayCatalog gateways)
{
    public void Put(IReadOnlyList<MetricId> metrics, IReadOnlyList<RollupRow> rollups)
    {
        int[] columns = [.. metrics.Select(MetricColumns.IndexOf)];
        database.Begin();
        try
        {
            var added = 0;
            foreach (var row in rollups)
            {
                added += Put(columns, row) ? 1 : 0;
            }

            var tally = database.Cached("UPDATE tally SET rollups = rollups + ?");
            tally.Bind(1, added);
            tally.Run();
            database.Commit();
            gateways.Committed();
        }
        catch
        {
            database.Rollback();
            gateways.RolledBack();
            throw;
        }
    }

    /// <summary>True when there was none.</summary>
    private bool Put(int[] columns, RollupRow row)
    {
        Span<Rollup> all = new Rollup[MetricColumns.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            all[columns[i]] = row.Values[i];
        }

        Span<byte> bytes = stackalloc byte[RollupCodec.MaxBytes];
        bytes = bytes[..RollupCodec.Write(all, bytes)];
        var group = row.Group?.Value ?? 0;
        var key = RollupKey.Of(RollupKey.MinuteAtOrAfter(row.Minute), group, gateways.Intern(row.Serial, group));
        var insert = database.Cached("INSERT INTO rollup (id, v) VALUES (?, ?) ON CONFLICT (id) DO NOTHING");
        insert.Bind(1, key);
        insert.Bind(2, bytes);
        insert.Run();
        if (database.Changes > 0)
        {
            return true;
        }

        var update = database.Cached("UPDATE rollup SET v = ? WHERE id = ?");
        update.Bind(1, bytes);
        update.Bind(2, key);
        update.Run();
        return false;
    }
}
