using System.Text.Json;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Decision records, and the planner's memory that goes with them.</summary>
internal static class DecisionTable
{
    private const string InsertSql =
        """
        INSERT INTO decision (id, time, grp, action, reason, record) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO NOTHING
        """;

    // An older plan that is recorded again does not take the memory back.
    private const string RememberSql =
        """
        INSERT INTO planner_memory (id, time, memory) VALUES (1, ?, ?)
        ON CONFLICT (id) DO UPDATE SET time = excluded.time, memory = excluded.memory WHERE excluded.time >= time
        """;

    /// <summary>Adds a record; one with the same id stays as it is.</summary>
    public static void Insert(Database database, DecisionRecord record)
    {
        var insert = database.Cached(InsertSql);
        insert.Bind(1, record.Id);
        insert.Bind(2, LedgerTime.Format(record.Time));
        insert.Bind(3, record.Group.Value);
        insert.Bind(4, record.Action.ToString());
        insert.Bind(5, record.Reason.ToString());
        insert.Bind(6, JsonSerializer.Serialize(record, LedgerJson.Default.DecisionRecord));
        insert.Run();
    }

    /// <summary>At or before a time, newest first.</summary>
    public static List<DecisionRecord> List(Database database, SecurityGroupId? group, DateTimeOffset before, int limit)
    {
        var where = group is null ? "time <= ?1" : "grp = ?3 AND time <= ?1";
        var select = database.Cached($"SELECT record FROM decision WHERE {where} ORDER BY time DESC, id DESC LIMIT ?2");
        select.Bind(1, LedgerTime.Format(before));
        select.Bind(2, limit);
        if (group is { } value)
        {
            select.Bind(3, value.Value);
        }

        var records = new List<DecisionRecord>();
        while (select.Step())
        {
            records.Add(Parse(select.GetString(0)));
        }

        return records;
    }

    public static int Delete(Database database, DateTimeOffset before)
    {
        var delete = database.Cached("DELETE FROM decision WHERE time < ?");
        delete.Bind(1, LedgerTime.Format(before));
        delete.Run();
        return database.Changes;
    }

    public static void Remember(Database database, DateTimeOffset time, PlannerMemory memory)
    {
        var upsert = database.Cached(RememberSql);
        upsert.Bind(1, LedgerTime.Format(time));
        upsert.Bind(2, JsonSerializer.Serialize(memory, LedgerJson.Default.PlannerMemory));
        upsert.Run();
    }

    public static PlannerMemory Recall(Database database)
    {
        var select = database.Cached("SELECT memory FROM planner_memory");
        var json = select.Step() ? select.GetString(0) : null;
        select.Reset();
        return json is null
            ? PlannerMemory.Empty
            : JsonSerializer.Deserialize(json, LedgerJson.Default.PlannerMemory) ?? PlannerMemory.Empty;
    }

    private static DecisionRecord Parse(string json) =>
        JsonSerializer.Deserialize(json, LedgerJson.Default.DecisionRecord)
        ?? throw new InvalidDataException("A decision record in the ledger is null. Restore the ledger from a backup.");
}
