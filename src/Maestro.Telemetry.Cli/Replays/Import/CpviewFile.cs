using System.Globalization;
using Maestro.Telemetry.Series;
using Microsoft.Data.Sqlite;

namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>
/// The CPView history of one SGM. Nothing is ever written to it, not even a lock: it may be the only copy.
/// </summary>
internal sealed class CpviewFile(string file)
{
    /// <summary>Seconds of Unix time and values, rising; CPU as the busy share of the SGM.</summary>
    /// <exception cref="FormatException">It is no such database, or it holds no such figure.</exception>
    public List<(double Time, double Value)> Read(ImportOptions options)
    {
        try
        {
            using var connection = Open(file);
            var table = Find(connection, options.Resource);
            Refuse(connection, table, options);
            return Points(connection, table, options);
        }
        catch (SqliteException e)
        {
            throw new FormatException(
                $"{file}: it cannot be read as a CPView history ({e.Message.TrimEnd('.')}); copy CPViewDB.dat anew, by "
                + "`sqlite3 CPViewDB.dat \".backup copy.dat\"` on the SGM.",
                e);
        }
    }

    /// <summary>Opens a database without locks and logs, as a file that nobody changes.</summary>
    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = $"{new Uri(Path.GetFullPath(file)).AbsoluteUri}?immutable=1",
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }

    private CpviewTable Find(SqliteConnection connection, Resource resource)
    {
        var known = CpviewTable.For(resource);
        foreach (var table in known)
        {
            using var command = connection.CreateCommand();
            command.CommandText =
                "SELECT COUNT(*) FROM pragma_table_info($table) WHERE name COLLATE NOCASE IN ('Timestamp', $column)";
            command.Parameters.AddWithValue("$table", table.Table);
            command.Parameters.AddWithValue("$column", table.Column);
            if ((long)command.ExecuteScalar()! == 2 && HasRows(connection, table))
            {
                return table;
            }
        }

        throw new FormatException(
            $"{file}: there are no rows in {string.Join(" or in ", known)}; choose another --resource, or the CPViewDB.dat of "
            + "an SGM on which CPView's history is on.");
    }

    private static bool HasRows(SqliteConnection connection, CpviewTable table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT EXISTS (SELECT 1 FROM \"{table.Table}\" WHERE {table.Column} IS NOT NULL)";
        return (long)command.ExecuteScalar()! == 1;
    }

    /// <summary>Complains of the first row that is no measurement.</summary>
    private void Refuse(SqliteConnection connection, CpviewTable table, ImportOptions options)
    {
        var most = table.Most.ToString("R", CultureInfo.InvariantCulture);
        using var command = Within(connection, options, $"""
            SELECT Timestamp, {table.Column} FROM "{table.Table}" WHERE Timestamp >= $from AND Timestamp < $to AND (
                (typeof({table.Column}) = 'text' AND (trim({table.Column}) = '' OR trim({table.Column}) GLOB '*[^0-9.]*'))
                OR typeof({table.Column}) = 'blob'
                OR CAST({table.Column} AS REAL) < 0 OR CAST({table.Column} AS REAL) > {most})
            ORDER BY Timestamp LIMIT 1
            """);
        using var row = command.ExecuteReader();
        if (row.Read())
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"{file}: {table.Table}, the row with Timestamp {row.GetValue(0)}: {table.Column} is '{row.GetValue(1)}'; ")
                + $"it must be a number {(table.Most <= 100 ? $"from 0 to {most}" : "of at least 0")}; leave that time out "
                + "with --from or --to.");
        }
    }

    private List<(double Time, double Value)> Points(SqliteConnection connection, CpviewTable table, ImportOptions options)
    {
        using var command = Within(connection, options, $"""
            SELECT CAST(Timestamp AS REAL), {table.Of}(CAST({table.Column} AS REAL)) FROM "{table.Table}"
            WHERE {table.Column} IS NOT NULL AND Timestamp >= $from AND Timestamp < $to GROUP BY Timestamp ORDER BY 1
            """);
        using var row = command.ExecuteReader();
        var points = new List<(double Time, double Value)>();
        var share = options.Resource == Resource.CpuWork ? 0.01 : 1;
        while (row.Read())
        {
            points.Add((row.GetDouble(0), share * row.GetDouble(1)));
        }

        return points.Count >= 2
            ? points
            : throw new FormatException(
                $"{file}: {table} has fewer than two moments in the time that is wanted; choose another --from and --to.");
    }

    private static SqliteCommand Within(SqliteConnection connection, ImportOptions options, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        // Times before 1970 and after the year 5138 are none: a clock that was not set.
        command.Parameters.AddWithValue("$from", options.From?.ToUnixTimeSeconds() ?? 1);
        command.Parameters.AddWithValue("$to", options.To?.ToUnixTimeSeconds() ?? 100_000_000_000);
        return command;
    }
}
