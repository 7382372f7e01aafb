using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.IntegrationTests.Storage;

public sealed class SqliteCheckpointTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    // The checkpointer copies from 64 pages of log on, the writer by itself from 128.
    private const long SmallLog = 1 << 20;
    private const int CopiedFrom = 64;
    private const int CopiedByTheWriterFrom = 128;

    [Fact]
    public async Task Log_IsCopiedIntoTheDatabase_BesideTheCommits()
    {
        using var directory = new TemporaryDirectory();
        var file = new FileInfo(directory.File("telemetry.db"));
        await using var store = Open(directory);
        file.Refresh();
        var before = file.Length;

        for (var row = 0; store.WriteConnection.PagesWritten < CopiedFrom; row++)
        {
            await WriteAsync(store, row);
        }

        Assert.InRange(store.WriteConnection.PagesWritten, CopiedFrom, CopiedByTheWriterFrom - 1);
        await UntilAsync(() =>
        {
            file.Refresh();
            return file.Length > before;
        });
    }

    [Fact]
    public async Task Log_UnderCommitsWithoutAPause_StaysShort()
    {
        using var directory = new TemporaryDirectory();
        await using var store = Open(directory);

        for (var row = 0; store.WriteConnection.PagesWritten < 100 * CopiedFrom; row++)
        {
            await WriteAsync(store, row);
        }

        Assert.InRange(new FileInfo(directory.File("telemetry.db-wal")).Length, 1, 2 * SmallLog);
    }

    [Fact]
    public async Task Store_DisposedWhileItsLogIsCopied_HasAllRows()
    {
        using var directory = new TemporaryDirectory();
        const int Rows = 400;
        await using (var store = Open(directory))
        {
            for (var row = 0; row < Rows; row++)
            {
                await WriteAsync(store, row);
            }
        }

        await using var again = Open(directory);
        Assert.Equal(Rows, (await again.GetStatisticsAsync(CancellationToken.None)).SampleRows);
    }

    private static SqliteTelemetryStore Open(TemporaryDirectory directory) => SqliteTelemetryStore.Open(
        new SqliteStoreOptions { Directory = directory.Path, WalSizeLimit = SmallLog }, TimeProvider.System);

    private static async Task WriteAsync(SqliteTelemetryStore store, int row) => await store.WriteAsync(
        [Batches.Full("A", 1, Batches.Noon.AddSeconds(row), TimeSpan.FromSeconds(1), 1)], CancellationToken.None);

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!holds())
        {
            await Task.Delay(Look, TimeProvider.System, patience.Token);
        }
    }
}
