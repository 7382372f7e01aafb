using System.Globalization;
using SQLitePCL;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// One connection to one database file, over SQLite's C interface: binding through ADO.NET parameters costs twice the
/// CPU of the insert itself. Not safe for concurrent use; its owner guards it.
/// </summary>
internal sealed class Database : IDisposable
{
    // SQLITE_DBSTATUS_CACHE_WRITE of sqlite3.h.
    private const int CacheWrite = 9;

    private readonly sqlite3 _handle;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    private Database(string path, sqlite3 handle)
    {
        Path = path;
        _handle = handle;
    }

    public string Path { get; }

    /// <summary>Rows that the last insert, update or delete changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Pages that this connection has written to the write-ahead log since it was opened.</summary>
    /// <value>SQLite counts up to 2³¹ − 1 and begins anew.</value>
    public int PagesWritten
    {
        get
        {
            ThrowIfFailed(raw.sqlite3_db_status(_handle, CacheWrite, out var written, out _, resetFlg: 0));
            return written;
        }
    }

    private bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <exception cref="Ports.StoreUnavailableException">The file cannot be opened or is not a database.</exception>
    public static Database OpenWriter(string path, SqliteStoreOptions options)
    {
        var database = Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, options);
        try
        {
            database.Execute("PRAGMA journal_mode = WAL");
            // An acknowledgement is a promise: each commit reaches the disk before it returns.
            database.Execute("PRAGMA synchronous = FULL");
            database.Execute(string.Create(
                CultureInfo.InvariantCulture, $"PRAGMA journal_size_limit = {options.WalSizeLimit}"));
            // Twice what a checkpointer waits for: where there is one, commits copy the log only when it is slow.
            var pages = 2 * options.CheckpointPages;
            database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint = {pages}"));
            database.Execute("PRAGMA cache_size = -65536");
            database.Execute("PRAGMA temp_store = MEMORY");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <exception cref="Ports.StoreUnavailableException">The file cannot be opened or is not a database.</exception>
    public static Database OpenReader(string path, SqliteStoreOptions options)
    {
        var database = Open(path, raw.SQLITE_OPEN_READWRITE, options);
        try
        {
            database.Execute("PRAGMA query_only = ON");
            database.Execute("PRAGMA cache_size = -16384");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file that nothing must be written to, not even its own log on closing.</summary>
    /// <exception cref="Ports.StoreUnavailableException">The file cannot be opened or is not a database.</exception>
    public static Database OpenReadOnly(string path, SqliteStoreOptions options) =>
        Open(path, raw.SQLITE_OPEN_READONLY, options);

    /// <summary>Prepares a statement that lives as long as its owner keeps it.</summary>
    public Statement Prepare(string sql)
    {
        var rc = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        ThrowIfFailed(rc);
        return new Statement(this, statement);
    }

    /// <summary>The statement for this text, prepared once per connection and reset.</summary>
    public Statement Cached(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = Prepare(sql);
            _statements.Add(sql, statement);
        }

        // An interrupted user may have left it amid its rows.
        statement.Reset();
        return statement;
    }

    /// <summary>Runs one or more statements and ignores the rows they give.</summary>
    public void Execute(string sql) => ThrowIfFailed(raw.sqlite3_exec(_handle, sql));

    /// <summary>The first column of the first row; null when there is none.</summary>
    public long? Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() && !statement.IsNull(0) ? statement.GetInt64(0) : null;
    }

    /// <summary>Pages written since <see cref="PagesWritten"/> was <paramref name="before"/>.</summary>
    public int PagesWrittenSince(int before) => (PagesWritten - before) & int.MaxValue;

    /// <summary>Starts a transaction that may write.</summary>
    public void Begin() => Cached("BEGIN IMMEDIATE").Run();

    /// <summary>Starts a transaction that reads one state of the database until <see cref="Commit"/>.</summary>
    public void BeginRead() => Cached("BEGIN").Run();

    public void Commit() => Cached("COMMIT").Run();

    /// <summary>Undoes the transaction, if the failure that led here has not done so already.</summary>
    public void Rollback()
    {
        if (InTransaction)
        {
            // A rollback that fails leaves nothing to do: the next BEGIN reports the state of the file.
            _ = raw.sqlite3_exec(_handle, "ROLLBACK");
        }
    }

    /// <summary>Ends what an interrupted user left open: a statement amid its rows holds the log.</summary>
    public void Abandon()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Reset();
        }

        Rollback();
    }

    /// <summary>Copies the write-ahead log into the database and empties it, unless a reader needs it.</summary>
    public void TryTruncateWal(TimeSpan busyTimeout)
    {
        // No waiting and no failure: otherwise the log only stays long. A reader that needs it is gone at the next
        // quiet moment, and what is wrong with the file, the next write reports to someone who waits for it.
        _ = raw.sqlite3_busy_timeout(_handle, 0);
        _ = raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        _ = raw.sqlite3_busy_timeout(_handle, (int)busyTimeout.TotalMilliseconds);
    }

    /// <summary>Copies what it can of the write-ahead log into the database, without waiting for anybody.</summary>
    public void TryCheckpoint() =>
        // A failure leaves the log as it was, and the next commit reports what is wrong with the file.
        _ = raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);

    public void ThrowIfFailed(int rc)
    {
        if (rc is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw DatabaseFailure.Create(Path, rc, raw.sqlite3_errmsg(_handle).utf8_to_string());
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _handle.Dispose();
    }

    private static Database Open(string path, int flags, SqliteStoreOptions options)
    {
        Batteries_V2.Init();
        // Each connection has one owner at a time, so SQLite's own locks per call are not needed.
        var rc = raw.sqlite3_open_v2(path, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new Database(path, handle);
        try
        {
            database.ThrowIfFailed(rc);
            database.ThrowIfFailed(raw.sqlite3_busy_timeout(handle, (int)options.BusyTimeout.TotalMilliseconds));
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
