using Maestro.Telemetry.Ports;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Tells what the surroundings did to a database from what is our own mistake.</summary>
internal static class DatabaseFailure
{
    /// <summary>
    /// A <see cref="StoreUnavailableException"/> when an operator can mend it; else a <see cref="SqliteException"/>.
    /// </summary>
    public static Exception Create(string path, int rc, string message)
    {
        var cause = new SqliteException($"SQLite error {rc & 0xFF} on '{path}': {message}.", rc & 0xFF, rc);
        var (what, remedy) = Explain(rc & 0xFF);
        return what is null
            ? cause
            : new StoreUnavailableException($"The database '{path}' {what} ({message}). {remedy}", cause);
    }

    private static (string? What, string Remedy) Explain(int primaryCode) => primaryCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL =>
            ("is held by another process", "Stop the other process that uses the file; the write can be tried again."),
        raw.SQLITE_FULL =>
            ("has no room to grow", "Free space on its file system, or keep less history."),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
            ("cannot be written", "Give the service's user write access to the file and its directory."),
        raw.SQLITE_IOERR =>
            ("cannot be read or written: the disk reports an error", "Look at the disk and the kernel log."),
        raw.SQLITE_CANTOPEN =>
            ("cannot be opened", "Check that its directory exists and that the service's user may use it."),
        raw.SQLITE_CORRUPT =>
            ("is damaged", "Stop the service, keep a copy of the file, and restore it from a backup."),
        raw.SQLITE_NOTADB =>
            ("is not a SQLite database", "Move the file away, or choose another data directory."),
        raw.SQLITE_NOMEM =>
            ("needs more memory than there is", "Give the process more memory."),
        _ => (null, string.Empty),
    };
}
