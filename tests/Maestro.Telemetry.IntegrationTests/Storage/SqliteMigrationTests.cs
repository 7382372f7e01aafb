using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.IntegrationTests.Storage;

public sealed class SqliteMigrationTests
{
    public static TheoryData<int> TelemetryVersions => [.. Enumerable.Range(0, TelemetrySchema.Steps.Length)];

    public static TheoryData<int> LedgerVersions => [.. Enumerable.Range(0, LedgerSchema.Steps.Length)];

    [Theory]
    [MemberData(nameof(TelemetryVersions))]
    public async Task Store_OfAnOlderSchema_IsMigratedAndWorks(int version)
    {
        using var directory = new TemporaryDirectory();
        var options = new SqliteStoreOptions { Directory = directory.Path };
        Make(directory.File("telemetry.db"), options, TelemetrySchema.Steps[..version]);

        await using var store = SqliteTelemetryStore.Open(options, TimeProvider.System);

        Assert.Equal(1, (await store.WriteAsync([Batches.Of("A", 1, (0, 1))], CancellationToken.None)).Stored);
        Assert.Equal(TelemetrySchema.Steps.Length, Version(directory.File("telemetry.db"), options));
    }

    [Theory]
    [MemberData(nameof(LedgerVersions))]
    public async Task Ledger_OfAnOlderSchema_IsMigratedAndWorks(int version)
    {
        using var directory = new TemporaryDirectory();
        var options = new SqliteStoreOptions { Directory = directory.Path };
        Make(directory.File("ledger.db"), options, LedgerSchema.Steps[..version]);

        await using var ledger = SqliteLedger.Open(options);

        await ledger.PauseAsync(new(null, "anna", "x", Batches.Noon, null), CancellationToken.None);
        Assert.Single(await ledger.ListPausesAsync(Batches.Noon, CancellationToken.None));
        Assert.Equal(LedgerSchema.Steps.Length, Version(directory.File("ledger.db"), options));
    }

    [Fact]
    public void AStepThatFails_LeavesTheDatabaseAsItWas()
    {
        using var directory = new TemporaryDirectory();
        var options = new SqliteStoreOptions { Directory = directory.Path };
        var path = directory.File("x.db");
        using (var database = Database.OpenWriter(path, options))
        {
            Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(
                () => SchemaMigrator.Migrate(database, ["CREATE TABLE a (x)", "CREATE TABLE b (x); CREATE TABLE a (x)"]));
            Assert.Equal(1, database.Scalar("SELECT count(*) FROM sqlite_schema"));
        }

        Assert.Equal(1, Version(path, options));
    }

    [Fact]
    public void ANewerSchema_IsRefusedWithASentence()
    {
        using var directory = new TemporaryDirectory();
        var options = new SqliteStoreOptions { Directory = directory.Path };
        var newer = TelemetrySchema.Steps.Length + 1;
        foreach (var file in new[] { "telemetry.db", "ledger.db", "models.db" })
        {
            Make(directory.File(file), options, [.. Enumerable.Repeat("SELECT 1", newer + LedgerSchema.Steps.Length)]);
        }

        var store = Assert.Throws<StoreUnavailableException>(() => SqliteTelemetryStore.Open(options, TimeProvider.System));
        var ledger = Assert.Throws<StoreUnavailableException>(() => SqliteLedger.Open(options));

        Assert.Contains("telemetry.db' has schema", store.Message, StringComparison.Ordinal);
        Assert.Contains("knows schemas up to", ledger.Message, StringComparison.Ordinal);
        Assert.Throws<StoreUnavailableException>(() => SqliteModelStore.Open(options));
    }

    private static void Make(string path, SqliteStoreOptions options, string[] steps)
    {
        using var database = Database.OpenWriter(path, options);
        SchemaMigrator.Migrate(database, steps);
    }

    private static long? Version(string path, SqliteStoreOptions options)
    {
        using var database = Database.OpenReader(path, options);
        return database.Scalar("PRAGMA user_version");
    }
}
