namespace Maestro.Telemetry.Storage.Spool;

/// <summary>The schema of spool.db, step by step. A released step is never changed; a change is a new step.</summary>
internal static class SpoolSchema
{
    public static readonly string[] Steps =
    [
        // received is in milliseconds of Unix time; seal is the start of the payload's SHA-256. Numbers are never used
        // again, so that what was passed on stays passed on.
        """
        CREATE TABLE append (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            received INTEGER NOT NULL,
            rows INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            seal INTEGER NOT NULL,
            payload BLOB NOT NULL
        );
        CREATE TABLE damaged (
            id INTEGER PRIMARY KEY,
            received INTEGER NOT NULL,
            rows INTEGER NOT NULL,
            payload BLOB NOT NULL
        );
        """,
    ];
}
