using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Maestro.Telemetry.Storage.Spool;

/// <summary>The file of a spool: opened, and when it is damaged put aside and replaced with what can be read of it.</summary>
internal static class SpoolFile
{
    private static readonly string[] Suffixes = ["-wal", "-shm", ""];

    /// <summary>Opens the file or makes it.</summary>
    /// <returns>The database, and what was damaged in a sentence; null when nothing was.</returns>
    /// <exception cref="StoreUnavailableException">The file cannot be used.</exception>
    public static (Database Database, string? Damage) Open(string path, SqliteStoreOptions options)
    {
        try
        {
            return (OpenWhole(path, options), null);
        }
        catch (StoreUnavailableException e) when (IsDamage(e))
        {
            return Replace(path, options);
        }
    }

    /// <summary>True when the file itself is wrong, which trying again does not mend.</summary>
    public static bool IsDamage(StoreUnavailableException failure) =>
        failure.InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB };

    /// <summary>Puts the file aside and makes a new one with what can be read of the old one.</summary>
    public static (Database Database, string Damage) Replace(string path, SqliteStoreOptions options)
    {
        var aside = PutAside(path);
        var database = OpenWhole(path, options);
        try
        {
            var (appends, rows) = Salvage(aside, database, options);
            return (database, $"The spool '{path}' was damaged; {appends} appends with {rows} rows could be read back, "
                + $"and the damaged file is kept as '{aside}'.");
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static Database OpenWhole(string path, SqliteStoreOptions options)
    {
        var database = Database.OpenWriter(path, options);
        try
        {
            SchemaMigrator.Migrate(database, SpoolSchema.Steps);
            SpoolTable.SumUpTo(database, long.MaxValue);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static string PutAside(string path)
    {
        var number = 1;
        while (File.Exists($"{path}.damaged-{number}"))
        {
            number++;
        }

        var aside = $"{path}.damaged-{number}";
        try
        {
            // The log goes with its database: what was committed last is in it.
            foreach (var suffix in Suffixes.Where(s => File.Exists(path + s)))
            {
                File.Move(path + suffix, aside + suffix);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"The spool '{path}' is damaged and cannot be put aside ({e.Message}). Move the file away.", e);
        }

        return aside;
    }

    /// <summary>A damaged page hides what is behind it, so that the file is read from both ends.</summary>
    private static (long Appends, long Rows) Salvage(string aside, Database to, SqliteStoreOptions options)
    {
        var (appends, rows, last) = (0L, 0L, 0L);
        TryRead(aside, options, from =>
        {
            while (SpoolTable.ReadAfter(from, last, 1) is [var row])
            {
                Take(row);
                last = row.Id;
            }
        });
        TryRead(aside, options, from =>
        {
            for (var before = long.MaxValue; SpoolTable.ReadBefore(from, before) is { } row && row.Id > last;)
            {
                Take(row);
                before = row.Id;
            }
        });
        return (appends, rows);

        void Take(SpoolRow row)
        {
            if (row.IsWhole)
            {
                SpoolTable.Insert(to, row);
                appends++;
                rows += row.Rows;
            }
        }
    }

    private static void TryRead(string path, SqliteStoreOptions options, Action<Database> read)
    {
        try
        {
            using var database = Database.OpenReader(path, options);
            read(database);
        }
        catch (StoreUnavailableException e) when (IsDamage(e))
        {
            // As far as the file could be read: it is kept, and the caller tells how much that was.
        }
    }
}
