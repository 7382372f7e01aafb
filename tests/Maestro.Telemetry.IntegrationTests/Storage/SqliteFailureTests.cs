using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.IntegrationTests.Storage;

public sealed class SqliteFailureTests
{
    [Fact]
    public async Task Directory_IsMadeForTheOwnerAlone()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("a/b");

        await using var store = SqliteTelemetryStore.Open(Options(path), TimeProvider.System);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void Directory_ThatCannotBeMade_IsNamed()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.File("file"), string.Empty);
        var path = directory.File("file/data");

        var store = Assert.Throws<StoreUnavailableException>(
            () => SqliteTelemetryStore.Open(Options(path), TimeProvider.System));
        var ledger = Assert.Throws<StoreUnavailableException>(() => SqliteLedger.Open(Options(path)));

        Assert.Contains($"'{path}' cannot be created", store.Message, StringComparison.Ordinal);
        Assert.Contains("choose another data directory", ledger.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_OpenedTwice_IsRefused()
    {
        using var directory = new TemporaryDirectory();
        await using var first = SqliteTelemetryStore.Open(Options(directory.Path), TimeProvider.System);

        var refused = Assert.Throws<StoreUnavailableException>(
            () => SqliteTelemetryStore.Open(Options(directory.Path), TimeProvider.System));

        Assert.Contains("is in use", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_ThatIsNoDatabase_IsNamed()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.File("telemetry.db"), new string('x', 5000));

        var refused = Assert.Throws<StoreUnavailableException>(
            () => SqliteTelemetryStore.Open(Options(directory.Path), TimeProvider.System));

        Assert.Contains("telemetry.db' is not a SQLite database", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WhileAnotherProcessHoldsTheFile_IsUnavailable_AndSucceedsLater()
    {
        using var directory = new TemporaryDirectory();
        var options = Options(directory.Path);
        await using var store = SqliteTelemetryStore.Open(options, TimeProvider.System);
        using var other = Database.OpenWriter(directory.File("telemetry.db"), options);
        var batch = Batches.Of("A", 1, (0, 1));
        other.Begin();

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await store.WriteAsync([batch], CancellationToken.None));

        Assert.Contains("is held by another process", failure.Message, StringComparison.Ordinal);
        other.Rollback();
        Assert.Equal(1, (await store.WriteAsync([batch], CancellationToken.None)).Stored);
    }

    [Fact]
    public async Task Write_WithoutRoom_StoresNothing_AndSucceedsWhenThereIsRoom()
    {
        using var directory = new TemporaryDirectory();
        await using var store = SqliteTelemetryStore.Open(Options(directory.Path), TimeProvider.System);
        await store.WriteAsync([Batches.Of("A", 1, (0, 1))], CancellationToken.None);
        var pages = store.WriteConnection.Scalar("PRAGMA page_count");
        store.WriteConnection.Execute($"PRAGMA max_page_count = {pages}");
        var batches = new[]
        {
            Batches.Full("A", 1, Batches.Noon.AddMinutes(1), TimeSpan.FromSeconds(1), 500),
            Batches.Full("NEW", 2, Batches.Noon.AddMinutes(1), TimeSpan.FromSeconds(1), 500),
        };

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await store.WriteAsync(batches, CancellationToken.None));

        Assert.Contains("has no room to grow", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await store.GetStatisticsAsync(CancellationToken.None)).SampleRows);
        Assert.Equal(1, await StoreConsistency.CheckAsync(store, Batches.Noon, Batches.Noon.AddHours(1)));
        store.WriteConnection.Execute("PRAGMA max_page_count = 1000000");
        Assert.Equal(1000, (await store.WriteAsync(batches, CancellationToken.None)).Stored);
        Assert.Equal(1001, await StoreConsistency.CheckAsync(store, Batches.Noon, Batches.Noon.AddHours(1)));
    }

    [Fact]
    public async Task Write_AMalformedBatch_StoresNothingOfTheTransaction()
    {
        using var directory = new TemporaryDirectory();
        await using var store = SqliteTelemetryStore.Open(Options(directory.Path), TimeProvider.System);
        var good = Batches.Of("A", 1, (0, 1));
        var bad = new Series.SampleBatch
        {
            Serial = new Fabric.GatewaySerial("B"),
            Metrics = [Series.MetricId.CpuMeanPercent],
            TimestampsMs = new long[2],
            Values = new double[1],
        };

        var failure = await Assert.ThrowsAsync<ArgumentException>(
            async () => await store.WriteAsync([good, bad], CancellationToken.None));

        Assert.Contains("batch of 'B' has 2 rows", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await store.WriteAsync([good], CancellationToken.None)).Stored);
    }

    [Fact]
    public void Options_OutsideTheirRange_AreRefused()
    {
        using var directory = new TemporaryDirectory();
        var options = new SqliteStoreOptions { Directory = directory.Path, RetentionSlice = 0 };

        var store = Assert.Throws<ArgumentOutOfRangeException>(() => SqliteTelemetryStore.Open(options, TimeProvider.System));
        var ledger = Assert.Throws<ArgumentOutOfRangeException>(() => SqliteLedger.Open(options));

        Assert.Equal("RetentionSlice", store.ParamName);
        Assert.Equal("RetentionSlice", ledger.ParamName);
    }

    [Fact]
    public async Task WriteAheadLog_IsCutWhenWritingPauses()
    {
        using var directory = new TemporaryDirectory();
        var time = new TimerByHand();
        await using var store = SqliteTelemetryStore.Open(Options(directory.Path), time);
        await store.WriteAsync(
            [Batches.Full("A", 1, Batches.Noon, TimeSpan.FromSeconds(1), 20_000)], CancellationToken.None);
        var log = directory.File("telemetry.db-wal");

        time.Fire();
        Assert.True(new FileInfo(log).Length > 1 << 20);
        time.Fire();

        Assert.Equal(0, new FileInfo(log).Length);
        Assert.Equal(20_000, (await store.GetStatisticsAsync(CancellationToken.None)).SampleRows);
    }

    private static SqliteStoreOptions Options(string directory) =>
        new() { Directory = directory, BusyTimeout = TimeSpan.FromMilliseconds(50) };
}
