using System.Net;
using System.Net.Sockets;
using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.IntegrationTests.Agents;

/// <summary>A real agent, a real collector, and SIGKILL for both.</summary>
public sealed class AgentKillTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Agent_KilledWhileTheCollectorIsDown_HasEveryRowThatItTookStoredOnce()
    {
        using var directory = new TemporaryDirectory();
        var address = FreeAddress();
        await WriteConfigAsync(directory, address);
        var taken = new HashSet<long>();

        // Streams until some rows are acknowledged; then both die, the collector first.
        await using (var server = await StartServerAsync(directory, address))
        await using (var agent = StartAgent(directory))
        {
            await UntilAsync(directory, rows => rows.Times.Count >= 2 && rows.Done >= 1);
            await server.KillAsync();
            var before = Read(directory).Times.Count;
            await UntilAsync(directory, rows => rows.Times.Count >= before + 2);
            await agent.KillAsync();
            taken.UnionWith(Read(directory).Times);
        }

        // Nobody answers the second one all its life.
        await using (var agent = StartAgent(directory))
        {
            await UntilAsync(directory, rows => rows.Times.Except(taken).Count() >= 2);
            await agent.KillAsync();
            taken.UnionWith(Read(directory).Times);
        }

        await using (await StartServerAsync(directory, address))
        await using (StartAgent(directory))
        {
            await UntilAsync(directory, rows => !rows.Times.Intersect(taken).Any());
        }

        var stored = await ReadStoreAsync(directory);

        Assert.True(taken.Count >= 6, $"Only {taken.Count} rows were taken.");
        Assert.Empty(taken.Except(stored));
        Assert.Equal(stored.Count, stored.Distinct().Count());
    }

    private static MaestroProcess StartAgent(TemporaryDirectory directory) =>
        MaestroProcess.StartAgent(directory.Path, "--config", directory.File("agent.json"));

    private static async Task<MaestroProcess> StartServerAsync(TemporaryDirectory directory, string address)
    {
        var server = MaestroProcess.Start(
            directory.Path,
            "serve", "--data", directory.File("data"), "--grpc", address, "--console", "http://127.0.0.1:0",
            "--otlp", "http://127.0.0.1:0", "--receiver", "http://127.0.0.1:0");
        await server.ReadGrpcAddressAsync();
        return server;
    }

    private static Task WriteConfigAsync(TemporaryDirectory directory, string address) =>
        File.WriteAllTextAsync(
            directory.File("agent.json"),
            $$"""
            { "Maestro": { "Agent": {
                "Server": "{{address}}", "Serial": "S1", "Release": "R82", "Interval": "00:00:01",
                "Journal": { "Directory": "{{directory.File("journal")}}", "SyncInterval": "00:00:00.2" },
                "Sender": { "Linger": "00:00:00", "BackoffMax": "00:00:00.5" }
            } } }
            """);

    /// <summary>A port that the collector can have again after its death.</summary>
    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    private static async Task UntilAsync(
        TemporaryDirectory directory, Func<(HashSet<long> Times, int Done), bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var limit = new CancellationTokenSource(Patience);
        while (!condition(Read(directory)))
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>What is in the journal, and how many rows it says are done.</summary>
    private static (HashSet<long> Times, int Done) Read(TemporaryDirectory directory)
    {
        var (times, done) = (new HashSet<long>(), 0);
        var path = directory.File("journal");
        foreach (var file in Directory.Exists(path) ? Directory.GetFiles(path, "*.segment") : [])
        {
            if (TryRead(file) is { } content)
            {
                for (var row = 0; row < content.Rows; row++)
                {
                    times.Add(content.ReadRow(row, [], []));
                }

                done += content.Marks.Select(mark => mark.Rows).DefaultIfEmpty().Max();
            }
        }

        return (times, done);
    }

    private static SegmentContent? TryRead(string file)
    {
        try
        {
            return SegmentContent.TryRead(File.ReadAllBytes(file), out var content) ? content : null;
        }
        catch (FileNotFoundException)
        {
            // The agent has just deleted it: all of it was done.
            return null;
        }
    }

    private static async Task<List<long>> ReadStoreAsync(TemporaryDirectory directory)
    {
        await using var store = SqliteTelemetryStore.Open(
            new SqliteStoreOptions { Directory = directory.File("data") }, TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        var times = new List<long>();
        await foreach (var sample in store.ReadSamplesAsync(
            new GatewaySerial("S1"), now.AddHours(-1), now.AddHours(1), default))
        {
            times.Add(sample.Time.ToUnixTimeMilliseconds());
        }

        return times;
    }
}
