using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Spool;

/// <summary>Rows of the append table, oldest first.</summary>
internal static class SpoolTable
{
    private const string Columns = "id, received, rows, seal, payload";

    /// <summary>Appends a payload; with a number of its own when the row has none.</summary>
    public static void Insert(Database database, SpoolRow row)
    {
        var insert = database.Cached(
            "INSERT INTO append (id, received, rows, bytes, seal, payload) VALUES (?, ?, ?, ?, ?, ?)");
        if (row.Id == 0)
        {
            insert.BindNull(1);
        }
        else
        {
            insert.Bind(1, row.Id);
        }

        insert.Bind(2, row.ReceivedMs);
        insert.Bind(3, row.Rows);
        insert.Bind(4, row.Payload.Length);
        insert.Bind(5, row.Seal);
        insert.Bind(6, row.Payload);
        insert.Run();
    }

    /// <summary>Appends after a number, until they have so many rows.</summary>
    public static List<SpoolRow> ReadAfter(Database database, long afterId, int maxRows)
    {
        var select = database.Cached($"SELECT {Columns} FROM append WHERE id > ? ORDER BY id");
        select.Bind(1, afterId);
        var read = new List<SpoolRow>();
        for (long rows = 0; rows < maxRows && select.Step();)
        {
            var row = Read(select);
            read.Add(row);
            rows += row.Rows;
        }

        select.Reset();
        return read;
    }

    /// <summary>The next append before a number; null when there is none.</summary>
    public static SpoolRow? ReadBefore(Database database, long beforeId)
    {
        var select = database.Cached($"SELECT {Columns} FROM append WHERE id < ? ORDER BY id DESC LIMIT 1");
        select.Bind(1, beforeId);
        var row = select.Step() ? Read(select) : null;
        select.Reset();
        return row;
    }

    public static void DeleteUpTo(Database database, long lastId)
    {
        var delete = database.Cached("DELETE FROM append WHERE id <= ?");
        delete.Bind(1, lastId);
        delete.Run();
    }

    /// <summary>The last append of those before a time that have none after it; 0 when there is none.</summary>
    public static long LastBefore(Database database, long receivedMs)
    {
        var select = database.Cached(
            "SELECT coalesce((SELECT min(id) - 1 FROM append WHERE received >= ?), (SELECT max(id) FROM append), 0)");
        select.Bind(1, receivedMs);
        select.Step();
        var last = select.GetInt64(0);
        select.Reset();
        return last;
    }

    /// <summary>Rows and bytes of the appends up to a number.</summary>
    public static (long Rows, long Bytes) SumUpTo(Database database, long lastId)
    {
        var select = database.Cached(
            "SELECT coalesce(sum(rows), 0), coalesce(sum(bytes), 0) FROM append WHERE id <= ?");
        select.Bind(1, lastId);
        select.Step();
        var sum = (select.GetInt64(0), select.GetInt64(1));
        select.Reset();
        return sum;
    }

    /// <summary>When the first append after a number came; null when there is none.</summary>
    public static DateTimeOffset? OldestAfter(Database database, long afterId)
    {
        var select = database.Cached("SELECT received FROM append WHERE id > ? ORDER BY id LIMIT 1");
        select.Bind(1, afterId);
        DateTimeOffset? oldest = select.Step() ? DateTimeOffset.FromUnixTimeMilliseconds(select.GetInt64(0)) : null;
        select.Reset();
        return oldest;
    }

    /// <summary>Puts an append aside whose payload is not what was written.</summary>
    public static void PutAside(Database database, SpoolRow row)
    {
        var insert = database.Cached("INSERT OR IGNORE INTO damaged (id, received, rows, payload) VALUES (?, ?, ?, ?)");
        insert.Bind(1, row.Id);
        insert.Bind(2, row.ReceivedMs);
        insert.Bind(3, row.Rows);
        insert.Bind(4, row.Payload);
        insert.Run();
        var delete = database.Cached("DELETE FROM append WHERE id = ?");
        delete.Bind(1, row.Id);
        delete.Run();
    }

    private static SpoolRow Read(Statement row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetBlob(4).ToArray());
}
