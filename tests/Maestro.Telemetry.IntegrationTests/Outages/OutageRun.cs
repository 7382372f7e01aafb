using System.Net;
using Grpc.Net.Client;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Storage.Spool;
using static System.FormattableString;

namespace Maestro.Telemetry.IntegrationTests.Outages;

/// <summary>A collector in front of a real InfluxDB that is away for a while under a steady load.</summary>
internal sealed class OutageRun(int rate, TimeSpan outage, Action<string> tell) : IAsyncDisposable
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryDirectory _directory = new();
    private readonly InfluxProcess _influx = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<double> _lags = [];
    private MaestroProcess? _collector;
    private GrpcChannel? _channel;
    private AutoscalerControl.AutoscalerControlClient? _control;
    private SteadySgm[] _sgms = [];
    private Task _sending = Task.CompletedTask;
    private long _mostSpooled;
    private long _mostSpoolBytes;

    private long Acknowledged => _sgms.Sum(s => s.Acknowledged);

    public async Task<OutageReport> RunAsync()
    {
        await StartAsync();
        var stored = new StoredRows(_influx);
        await WatchAsync("before", Calm);
        await _influx.KillAsync();
        await WatchAsync("InfluxDB is down", outage);
        var before = Acknowledged;
        await _influx.StartAsync();
        var (live, caughtUp) = await CatchUpAsync(stored);
        var duringCatchUp = Acknowledged - before;
        await WatchAsync("caught up", Calm);
        await EndAsync();
        var (rows, lost, twice) = await stored.CompareAsync(_sgms);
        return new OutageReport(
            Acknowledged,
            rows,
            lost,
            twice,
            await stored.RolledUpAsync(),
            _mostSpooled,
            _mostSpoolBytes,
            live,
            Share(0.5),
            Share(1),
            caughtUp,
            (_mostSpooled + duringCatchUp) / Math.Max(0.001, caughtUp.TotalSeconds));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _channel?.Dispose();
        if (_collector is { } collector)
        {
            await collector.DisposeAsync();
        }

        await _influx.DisposeAsync();
        _stop.Dispose();
        _directory.Dispose();
    }

    private async Task StartAsync()
    {
        await _influx.InitializeAsync();
        await File.WriteAllTextAsync(_directory.File("maestro.json"), Configuration());
        _collector = MaestroProcess.Start(_directory.Path, "serve");
        var address = await _collector.ReadGrpcAddressAsync();
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true },
        });
        _control = new AutoscalerControl.AutoscalerControlClient(_channel);
        var client = new TelemetryCollector.TelemetryCollectorClient(_channel);
        _sgms = [.. Enumerable.Range(0, Math.Max(1, rate / SteadySgm.Pace)).Select(n => new SteadySgm(client, n))];
        _sending = Task.WhenAll(_sgms.Select(s => s.RunAsync(_stop.Token)));
        tell(Invariant($"{_sgms.Length} SGMs send {_sgms.Length * SteadySgm.Pace} rows a second, 12 values each."));
    }

    /// <summary>Looks at the spool for a while.</summary>
    private async Task WatchAsync(string what, TimeSpan duration)
    {
        var started = TimeProvider.System.GetTimestamp();
        var told = TimeSpan.Zero;
        for (var passed = TimeSpan.Zero; passed < duration; passed = TimeProvider.System.GetElapsedTime(started))
        {
            await Task.WhenAny(_sending, Task.Delay(Look, TimeProvider.System));
            Assert.False(_sending.IsFaulted, Invariant($"A sender failed: {_sending.Exception?.InnerException}"));
            var spooled = await SpooledAsync();
            if (passed - told >= Told || passed == TimeSpan.Zero)
            {
                told = passed;
                Tell(what, passed, spooled, null);
            }
        }
    }

    /// <summary>How long until live rows are stored again, and until the spool is empty, after InfluxDB answers.</summary>
    private async Task<(TimeSpan Live, TimeSpan CaughtUp)> CatchUpAsync(StoredRows stored)
    {
        var started = TimeProvider.System.GetTimestamp();
        var bound = outage + Patience;
        TimeSpan? live = null;
        var told = -Told;
        while (true)
        {
            var lag = await stored.LagAsync(_sgms[^1].Serial);
            var spooled = await SpooledAsync();
            var passed = TimeProvider.System.GetElapsedTime(started);
            Assert.False(_sending.IsFaulted, Invariant($"A sender failed: {_sending.Exception?.InnerException}"));
            Assert.True(passed < bound, Invariant($"Not caught up within {bound}: {spooled} rows are in the spool."));
            live ??= lag < passed ? passed : null;
            if (live is not null && lag is { } seen)
            {
                _lags.Add(seen.TotalSeconds);
            }

            if (passed - told >= Told)
            {
                told = passed;
                Tell("catching up", passed, spooled, lag);
            }

            if (spooled == 0 && live is not null)
            {
                return (live.Value, passed);
            }

            await Task.Delay(Look, TimeProvider.System);
        }
    }

    private async Task<long> SpooledAsync()
    {
        var status = await _control!.GetStatusAsync(new GetStatusRequest()).ResponseAsync.WaitAsync(Patience);
        var spooled = (long)status.Ingest.Spooled;
        var bytes = Directory.EnumerateFiles(_directory.Path, SqliteSampleSpool.FileName + "*").Sum(f => new FileInfo(f).Length);
        _mostSpooled = Math.Max(_mostSpooled, spooled);
        _mostSpoolBytes = Math.Max(_mostSpoolBytes, bytes);
        return spooled;
    }

    private async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _sending.WaitAsync(Patience);
        while (await SpooledAsync() > 0)
        {
            await Task.Delay(Look, TimeProvider.System).WaitAsync(Patience);
        }

        var (code, log) = await _collector!.StopAsync();
        Assert.True(code == 0, $"The collector ended with {code}: {log}");
    }

    private void Tell(string what, TimeSpan passed, long spooled, TimeSpan? lag) => tell(Invariant(
        $"{what}, {passed.TotalSeconds:F0} s: {Acknowledged} rows acknowledged, {spooled} in the spool")
        + (lag is { } seen ? Invariant($", the newest row stored is {seen.TotalSeconds:F1} s old") : ""));

    private double Share(double share)
    {
        _lags.Sort();
        return _lags.Count == 0 ? double.NaN : _lags[Math.Min(_lags.Count - 1, (int)(share * _lags.Count))];
    }

    private string Configuration() =>
        $$"""
        {
          "Maestro": {
            "Server": {
              "GrpcAddress": "http://127.0.0.1:0", "ConsoleAddress": "http://127.0.0.1:0",
              "OtlpGrpcAddress": "", "ReceiverAddress": ""
            },
            "Storage": {
              "Directory": "{{_directory.Path}}", "Kind": "influxdb", "Influx": { "Url": "{{_influx.Url}}" }
            },
            "Autoscaler": { "AutoStart": false }
          }
        }
        """;
}
