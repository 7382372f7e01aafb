using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Pauses in force, and the audit of what operators did.</summary>
internal static class PauseTable
{
    private const int Everything = 0;

    public static void Upsert(Database database, PauseRecord pause)
    {
        var upsert = database.Cached(
            "INSERT INTO pause (grp, actor, reason, since, until) VALUES (?, ?, ?, ?, ?) "
            + "ON CONFLICT (grp) DO UPDATE SET actor = excluded.actor, reason = excluded.reason, since = excluded.since, until = excluded.until");
        upsert.Bind(1, pause.Group?.Value ?? Everything);
        upsert.Bind(2, pause.Actor);
        upsert.Bind(3, pause.Reason);
        upsert.Bind(4, LedgerTime.Format(pause.Since));
        upsert.Bind(5, LedgerTime.Format(pause.Until));
        upsert.Run();
    }

    /// <summary>False when there was none, or it had ended by itself.</summary>
    public static bool Delete(Database database, SecurityGroupId? group, DateTimeOffset at)
    {
        var ended = database.Cached("DELETE FROM pause WHERE grp = ? AND until <= ?");
        ended.Bind(1, group?.Value ?? Everything);
        ended.Bind(2, LedgerTime.Format(at));
        ended.Run();
        var delete = database.Cached("DELETE FROM pause WHERE grp = ?");
        delete.Bind(1, group?.Value ?? Everything);
        delete.Run();
        return database.Changes > 0;
    }

    public static List<PauseRecord> List(Database database, DateTimeOffset at)
    {
        var select = database.Cached(
            "SELECT grp, actor, reason, since, until FROM pause WHERE since <= ?1 AND (until IS NULL OR until > ?1) "
            + "ORDER BY grp");
        select.Bind(1, LedgerTime.Format(at));
        var pauses = new List<PauseRecord>();
        while (select.Step())
        {
            var group = select.GetInt32(0);
            pauses.Add(new PauseRecord(
                group == Everything ? null : new SecurityGroupId(group),
                select.GetString(1),
                select.GetString(2),
                LedgerTime.Parse(select.GetString(3)),
                LedgerTime.ParseOrNull(select.GetStringOrNull(4))));
        }

        return pauses;
    }

    /// <summary>Records what someone did, by whom and why.</summary>
    public static void Audit(
        Database database,
        DateTimeOffset time,
        string action,
        string actor,
        SecurityGroupId? group,
        string? commandId,
        string reason)
    {
        var insert = database.Cached(
            "INSERT INTO audit (time, action, actor, grp, command_id, reason) VALUES (?, ?, ?, ?, ?, ?)");
        insert.Bind(1, LedgerTime.Format(time));
        insert.Bind(2, action);
        insert.Bind(3, actor);
        if (group is { } value)
        {
            insert.Bind(4, value.Value);
        }
        else
        {
            insert.BindNull(4);
        }

        insert.Bind(5, commandId);
        insert.Bind(6, reason);
        insert.Run();
    }
}
