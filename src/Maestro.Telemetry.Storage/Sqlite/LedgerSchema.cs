namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>The schema of ledger.db, step by step. A released step is never changed; a change is a new step.</summary>
internal static class LedgerSchema
{
    public static readonly string[] Steps =
    [
        // Times are ISO 8601 in UTC with seven decimals: they sort as text and read as such. grp and the like are group
        // numbers. State, kind, action and reason are the names of the values in code.
        """
        CREATE TABLE decision (
            id TEXT PRIMARY KEY,
            time TEXT NOT NULL,
            grp INTEGER NOT NULL,
            action TEXT NOT NULL,
            reason TEXT NOT NULL,
            record TEXT NOT NULL
        );

        CREATE INDEX decision_by_time ON decision (time, id);
        CREATE INDEX decision_by_group ON decision (grp, time, id);
        CREATE INDEX decision_by_reason ON decision (reason, action, time);

        CREATE TABLE command (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            serial TEXT NOT NULL,
            site INTEGER NOT NULL,
            from_grp INTEGER,
            to_grp INTEGER,
            decision_id TEXT NOT NULL,
            reason TEXT NOT NULL,
            mode TEXT NOT NULL,
            state TEXT NOT NULL,
            created TEXT NOT NULL,
            updated TEXT NOT NULL,
            expires TEXT NOT NULL
        );

        CREATE INDEX command_by_state ON command (state, created, id);
        CREATE INDEX command_by_time ON command (created, id);

        CREATE TABLE command_step (
            command_id TEXT NOT NULL REFERENCES command (id),
            number INTEGER NOT NULL,
            time TEXT NOT NULL,
            state TEXT NOT NULL,
            actor TEXT NOT NULL,
            note TEXT NOT NULL,
            PRIMARY KEY (command_id, number)
        ) WITHOUT ROWID;

        CREATE TABLE planner_memory (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            time TEXT NOT NULL,
            memory TEXT NOT NULL
        );
        """,

        // pause.grp 0 is everything. The audit is only ever added to.
        """
        CREATE TABLE pause (
            grp INTEGER PRIMARY KEY,
            actor TEXT NOT NULL,
            reason TEXT NOT NULL,
            since TEXT NOT NULL,
            until TEXT
        );

        CREATE TABLE audit (
            id INTEGER PRIMARY KEY,
            time TEXT NOT NULL,
            action TEXT NOT NULL,
            actor TEXT NOT NULL,
            grp INTEGER,
            command_id TEXT,
            reason TEXT NOT NULL
        );

        CREATE INDEX audit_by_time ON audit (time);
        """,

        // A pause is for a group, a site (0: not for one) and a direction.
        """
        ALTER TABLE pause RENAME TO pause_of_groups;

        CREATE TABLE pause (
            grp INTEGER NOT NULL,
            site INTEGER NOT NULL,
            direction TEXT NOT NULL,
            actor TEXT NOT NULL,
            reason TEXT NOT NULL,
            since TEXT NOT NULL,
            until TEXT,
            PRIMARY KEY (grp, site, direction)
        ) WITHOUT ROWID;

        INSERT INTO pause SELECT grp, 0, 'Both', actor, reason, since, until FROM pause_of_groups;

        DROP TABLE pause_of_groups;
        """,
    ];
}
