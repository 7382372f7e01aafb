using Maestro.Telemetry.Cli.Transfers;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.IntegrationTests.Support;
using Maestro.Telemetry.IntegrationTests.Transfers;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.IntegrationTests.Deployment;

/// <summary>The commands of docs/operations.md, as they stand there.</summary>
public sealed class BackupTests(InfluxProcess server) : IClassFixture<InfluxProcess>, IDisposable
{
    private const int RowsBefore = 200;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Sqlite_BackedUpWhileItWrites_IsRestoredWithAllThatWasStoredBefore()
    {
        var settings = Histories.Settings($"sqlite:{_directory.File("data")}");
        using var stopping = new CancellationTokenSource();
        await using (var store = settings.OpenStore())
        {
            await WriteAsync(store, 0, RowsBefore);
            var writing = WriteUntilAsync(store, stopping.Token);
            await Programs.RunAsync(
                "sqlite3", [_directory.File("data/telemetry.db"), $".backup '{_directory.File("telemetry.db")}'"]);
            await stopping.CancelAsync();
            await writing.WaitAsync(TimeSpan.FromMinutes(1));
        }

        var restored = Histories.Settings($"sqlite:{_directory.File("restored")}");
        Directory.CreateDirectory(_directory.File("restored"));
        File.Move(_directory.File("telemetry.db"), _directory.File("restored/telemetry.db"));

        var (all, kept) = (await Histories.ContentAsync(settings), await Histories.ContentAsync(restored));
        var samples = kept.Where(l => l.StartsWith("sample", StringComparison.Ordinal)).ToList();
        Assert.InRange(samples.Count, RowsBefore, all.Count);
        Assert.Subset(all.ToHashSet(), samples.ToHashSet());
        await using (var store = restored.OpenStore())
        {
            await WriteAsync(store, 5_000, 1);
        }

        Assert.Equal(
            "ok",
            (await Programs.RunAsync("sqlite3", [_directory.File("restored/telemetry.db"), "PRAGMA integrity_check"])).Trim());
    }

    [Fact]
    public async Task Influx_BackedUpAndRestored_IsTheSame()
    {
        var name = $"backup_{Guid.NewGuid():N}";
        var url = server.Url.AbsoluteUri.TrimEnd('/');
        var settings = Histories.Settings($"influxdb:{url}/{name}");
        await Histories.FillAsync(settings);
        var before = await Histories.ContentAsync(settings);

        await Programs.RunAsync(
            "influxd", ["backup", "-portable", "-host", server.BackupAddress, "-db", name, _directory.File("influx")]);
        await server.AskAsync($"DROP DATABASE {name}");
        await Programs.RunAsync(
            "influxd", ["restore", "-portable", "-host", server.BackupAddress, "-db", name, _directory.File("influx")]);

        Assert.NotEmpty(before);
        Assert.Equal(before, await ContentOnceEnabledAsync(settings));
    }

    // For some seconds after a restore, the server says of what it has restored that it is disabled.
    private static async Task<List<string>> ContentOnceEnabledAsync(StoreSettings settings)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                return await Histories.ContentAsync(settings);
            }
            catch (StoreUnavailableException e) when (e.Message.Contains("shard is disabled", StringComparison.Ordinal))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, bound.Token);
            }
        }
    }

    private static async Task WriteUntilAsync(ITelemetryStore store, CancellationToken cancellationToken)
    {
        for (var row = RowsBefore; row < 900 && !cancellationToken.IsCancellationRequested; row++)
        {
            await WriteAsync(store, row, 1);
            await Task.Yield();
        }
    }

    private static async Task WriteAsync(ITelemetryStore store, int first, int rows)
    {
        await Task.Yield();
        await store.WriteAsync(
            [Batches.Full("A", 1, Histories.Begin.AddSeconds(first * 10), TimeSpan.FromSeconds(10), rows)], default);
    }
}
