using System.Net;
using System.Net.Sockets;
using Grpc.Net.Client;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Storage.Influx;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.IntegrationTests.Kills;

/// <summary>A collector, its store and senders, each in a process that can be killed and started again.</summary>
internal sealed class KilledFleet : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly TemporaryDirectory _directory = new();
    private readonly InfluxProcess? _influx;
    private readonly Uri _grpc = FreeAddress();
    private readonly Uri _receiver = FreeAddress();
    private MaestroProcess? _collector;

    public KilledFleet(string store)
    {
        _influx = store == "influxdb" ? new InfluxProcess() : null;
        Senders =
        [
            new SenderProcess("native", _grpc, "N1", Start.ToUnixTimeMilliseconds()),
            new SenderProcess("native", _grpc, "N2", Start.ToUnixTimeMilliseconds()),
            new SenderProcess("remote", _receiver, "R1", Start.ToUnixTimeMilliseconds()),
        ];
    }

    /// <summary>Time of row 0: so long ago that many rounds fit before now.</summary>
    public DateTimeOffset Start { get; } = Hour(TimeProvider.System.GetUtcNow()).AddHours(-20);

    public IReadOnlyList<SenderProcess> Senders { get; }

    public long Acknowledged => Senders.Sum(s => s.Acknowledged);

    public async Task StartAsync()
    {
        await File.WriteAllTextAsync(_directory.File("maestro.json"), Configuration());
        await (_influx?.InitializeAsync() ?? Task.CompletedTask);
        await StartCollectorAsync();
        await Task.WhenAll(Senders.Select(s => s.StartAsync()));
    }

    /// <summary>Kills some of the processes in any order, and starts them again in any order.</summary>
    public async Task<string> RoundAsync(Random random)
    {
        var parts = Parts().ToArray();
        random.Shuffle(parts);
        var victims = parts[..random.Next(1, parts.Length)];
        foreach (var victim in victims)
        {
            await victim.Kill();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 150)), TimeProvider.System);
        }

        random.Shuffle(victims);
        foreach (var victim in victims)
        {
            await victim.Start();
        }

        return string.Join(',', victims.Select(v => v.Name));
    }

    /// <summary>Waits until so many senders were acknowledged something more.</summary>
    public async Task ProgressAsync(int senders)
    {
        var before = Senders.Select(s => s.Acknowledged).ToArray();
        await UntilAsync(
            () => Task.FromResult(Senders.Zip(before).Count(s => s.First.Acknowledged > s.Second) >= senders),
            () => $"{senders} senders are acknowledged something; now "
                + string.Join(' ', Senders.Select(s => $"{s.Serial}={s.Acknowledged}")));
    }

    /// <summary>Ends the senders, waits for the spool to be empty, ends the collector, and opens what it has stored.</summary>
    public async Task<ITelemetryStore> EndAsync()
    {
        foreach (var sender in Senders)
        {
            await sender.KillAsync();
        }

        using var channel = GrpcChannel.ForAddress(_grpc);
        var control = new AutoscalerControl.AutoscalerControlClient(channel);
        var spooled = 0UL;
        await UntilAsync(
            async () =>
            {
                var status = await control.GetStatusAsync(new GetStatusRequest()).ResponseAsync.WaitAsync(Patience);
                spooled = status.Ingest.Spooled;
                return spooled == 0;
            },
            () => $"the spool is empty; now {spooled} rows");
        var (code, log) = await _collector!.StopAsync();
        Assert.True(code == 0, $"The collector ended with {code}: {log}");
        return _influx is null
            ? SqliteTelemetryStore.Open(new SqliteStoreOptions { Directory = _directory.Path }, TimeProvider.System)
            : InfluxTelemetryStore.Open(new InfluxStoreOptions { Url = _influx.Url }, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sender in Senders)
        {
            await sender.DisposeAsync();
        }

        if (_collector is { } collector)
        {
            await collector.DisposeAsync();
        }

        await (_influx?.DisposeAsync() ?? Task.CompletedTask);
        _directory.Dispose();
    }

    private IEnumerable<(string Name, Func<Task> Kill, Func<Task> Start)> Parts()
    {
        yield return ("collector", () => _collector!.KillAsync(), StartCollectorAsync);
        if (_influx is { } influx)
        {
            yield return ("influxd", influx.KillAsync, influx.StartAsync);
        }

        foreach (var sender in Senders)
        {
            yield return (sender.Serial, sender.KillAsync, sender.StartAsync);
        }
    }

    private async Task StartCollectorAsync()
    {
        await (_collector?.DisposeAsync() ?? ValueTask.CompletedTask);
        _collector = MaestroProcess.Start(_directory.Path, "serve");
        await _collector.ReadGrpcAddressAsync();
    }

    private string Configuration() =>
        $$"""
        {
          "Maestro": {
            "Server": {
              "GrpcAddress": "{{_grpc}}", "ReceiverAddress": "{{_receiver}}",
              "ConsoleAddress": "http://127.0.0.1:0", "OtlpGrpcAddress": ""
            },
            "Storage": {
              "Directory": "{{_directory.Path}}", "Kind": "{{(_influx is null ? "sqlite" : "influxdb")}}"
              {{(_influx is null ? "" : $", \"Influx\": {{ \"Url\": \"{_influx.Url}\", \"Timeout\": \"00:00:05\" }}")}}
            },
            "Spool": { "Patience": "00:00:01" },
            "Receivers": { "Align": "00:00:00.010", "Window": "00:00:00.100", "CloseAfter": "00:00:01" }
          }
        }
        """;

    private static async Task UntilAsync(Func<Task<bool>> condition, Func<string> what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"Waited in vain until {what()}.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private static DateTimeOffset Hour(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerHour));

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
