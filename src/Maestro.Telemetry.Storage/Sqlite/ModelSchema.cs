namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>The schema of models.db, step by step. A released step is never changed; a change is a new step.</summary>
internal static class ModelSchema
{
    public static readonly string[] Steps =
    [
        // Times are as in ledger.db; step_ticks is in 100 ns.
        """
        CREATE TABLE model (
            grp INTEGER NOT NULL,
            resource INTEGER NOT NULL,
            format INTEGER NOT NULL,
            name TEXT NOT NULL,
            fitted TEXT NOT NULL,
            next TEXT NOT NULL,
            step_ticks INTEGER NOT NULL,
            weights TEXT NOT NULL,
            state TEXT NOT NULL,
            PRIMARY KEY (grp, resource)
        );
        """,
    ];
}
