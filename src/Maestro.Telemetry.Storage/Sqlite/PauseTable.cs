using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Pauses in force, and the audit of what operators did.</summary>
internal static class PauseTable
{
    // In place of a group or site that a pause is not for.
    private const int None = 0;

    public static void Upsert(Database database, PauseRecord pause)
    {
        var upsert = database.Cached(
            "INSERT INTO pause (grp, site, direction, actor, reason, since, until) VALUES (?, ?, ?, ?, ?, ?, ?) "
            + "ON CONFLICT (grp, site, direction) DO UPDATE SET "
            + "actor = excluded.actor, reason = excluded.reason, since = excluded.since, until = excluded.until");
        upsert.Bind(1, pause.Group?.Value ?? None);
        upsert.Bind(2, pause.Site?.Value ?? None);
        upsert.Bind(3, pause.Direction.ToString());
        upsert.Bind(4, pause.Actor);
        upsert.Bind(5, pause.Reason);
        upsert.Bind(6, LedgerTime.Format(pause.Since));
        upsert.Bind(7, LedgerTime.Format(pause.Until));
        upsert.Run();
    }

    /// <summary>False when there was none, or it had ended by itself.</summary>
    public static bool Delete(Database database, PauseScope scope, DateTimeOffset at)
    {
        var direction = scope.Direction == PauseDirection.Both ? null : scope.Direction.ToString();
        var ended = database.Cached(
            "DELETE FROM pause WHERE grp = ?1 AND site = ?2 AND (?3 IS NULL OR direction = ?3) AND until <= ?4");
        BindScope(ended, scope, direction);
        ended.Bind(4, LedgerTime.Format(at));
        ended.Run();
        var delete = database.Cached(
            "DELETE FROM pause WHERE grp = ?1 AND site = ?2 AND (?3 IS NULL OR direction = ?3)");
        BindScope(delete, scope, direction);
        delete.Run();
        return database.Changes > 0;
    }

    public static List<PauseRecord> List(Database database, DateTimeOffset at)
    {
        var select = database.Cached(
            "SELECT grp, site, direction, actor, reason, since, until FROM pause "
            + "WHERE since <= ?1 AND (until IS NULL OR until > ?1) ORDER BY grp, site, direction");
        select.Bind(1, LedgerTime.Format(at));
        var pauses = new List<PauseRecord>();
        while (select.Step())
        {
            var (group, site) = (select.GetInt32(0), select.GetInt32(1));
            pauses.Add(new PauseRecord(
                group == None ? null : new SecurityGroupId(group),
                select.GetString(3),
                select.GetString(4),
                LedgerTime.Parse(select.GetString(5)),
                LedgerTime.ParseOrNull(select.GetStringOrNull(6)),
                Enum.Parse<PauseDirection>(select.GetString(2)),
                site == None ? null : new SiteId(site)));
        }

        return pauses;
    }

    /// <summary>The reason of a pause for the audit, with what it is for where that is not a group or everything.</summary>
    public static string Described(PauseRecord pause) =>
        pause is { Direction: PauseDirection.Both, Site: null } ? pause.Reason : $"{pause.Scope}: {pause.Reason}";

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

    private static void BindScope(Statement statement, PauseScope scope, string? direction)
    {
        statement.Bind(1, scope.Group?.Value ?? None);
        statement.Bind(2, scope.Site?.Value ?? None);
        statement.Bind(3, direction);
    }
}
