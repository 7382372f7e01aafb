namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>The schema of telemetry.db, step by step. A released step never changes; a change is a new step.</summary>
internal static class TelemetrySchema
{
    public static readonly string[] Steps =
    [
        // sample.id is SampleKey, rollup.id is RollupKey; grp 0 is an SGM in no group; rollup.v is RollupCodec;
        // sample.cores is CoreValueCodec in the order of core_layout.cores. The views are for people and other tools.
        """
        CREATE TABLE gateway (
            id INTEGER PRIMARY KEY,
            serial TEXT NOT NULL UNIQUE,
            newest_ms INTEGER NOT NULL
        );

        CREATE TABLE gateway_group (
            gw INTEGER NOT NULL,
            grp INTEGER NOT NULL,
            PRIMARY KEY (gw, grp)
        ) WITHOUT ROWID;

        CREATE TABLE core_layout (
            id INTEGER PRIMARY KEY,
            cores BLOB NOT NULL UNIQUE
        );

        CREATE TABLE sample (
            id INTEGER PRIMARY KEY,
            grp INTEGER NOT NULL,
            cpu_mean_percent REAL,
            cpu_busiest_core_percent REAL,
            memory_used_percent REAL,
            concurrent_connections REAL,
            connections_per_second REAL,
            received_bits_per_second REAL,
            transmitted_bits_per_second REAL,
            received_packets_per_second REAL,
            transmitted_packets_per_second REAL,
            dropped_packets_per_second REAL,
            acceleration_ratio REAL,
            member_state REAL,
            layout INTEGER,
            cores BLOB
        );

        CREATE TABLE rollup (
            id INTEGER PRIMARY KEY,
            v BLOB NOT NULL
        );

        CREATE TABLE tally (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            samples INTEGER NOT NULL,
            rollups INTEGER NOT NULL
        );

        INSERT INTO tally VALUES (1, 0, 0);

        CREATE VIEW samples AS
        SELECT s.id >> 20 AS time_ms, g.serial, s.grp, s.cpu_mean_percent, s.cpu_busiest_core_percent,
            s.memory_used_percent, s.concurrent_connections, s.connections_per_second, s.received_bits_per_second,
            s.transmitted_bits_per_second, s.received_packets_per_second, s.transmitted_packets_per_second,
            s.dropped_packets_per_second, s.acceleration_ratio, s.member_state
        FROM sample s JOIN gateway g ON g.id = (s.id & 1048575);
        """,

        """
        CREATE TABLE forecast (
            id INTEGER PRIMARY KEY,
            grp INTEGER NOT NULL,
            resource INTEGER NOT NULL,
            issued_ticks INTEGER NOT NULL,
            model TEXT NOT NULL,
            start_ticks INTEGER NOT NULL,
            step_ticks INTEGER NOT NULL,
            levels BLOB NOT NULL,
            marginal BLOB NOT NULL,
            path_maximum BLOB NOT NULL,
            trusted INTEGER NOT NULL,
            skill REAL,
            coverage REAL,
            reason TEXT NOT NULL
        );

        CREATE INDEX forecast_by_group ON forecast (grp, resource, issued_ticks);
        CREATE INDEX forecast_by_time ON forecast (issued_ticks);

        ALTER TABLE tally ADD COLUMN forecasts INTEGER NOT NULL DEFAULT 0;
        """,

        // Where the SGM was last said to be; null until somebody said. Other stores have it with each row.
        "ALTER TABLE gateway ADD COLUMN site TEXT",
    ];
}
