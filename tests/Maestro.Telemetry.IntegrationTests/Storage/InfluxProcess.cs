using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Maestro.Telemetry.IntegrationTests.Storage;

/// <summary>A real InfluxDB 1.x of one's own, on a free loopback port and in a temporary directory.</summary>
public sealed class InfluxProcess : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new() { Timeout = Patience };

    private readonly string _directory = Directory.CreateTempSubdirectory("maestro-influx-").FullName;
    private readonly int _port = FreePort.Take();
    private readonly int _backupPort = FreePort.Take();
    private readonly bool _withAuthentication;
    private Process? _process;

    public InfluxProcess()
        : this(withAuthentication: false)
    {
    }

    internal InfluxProcess(bool withAuthentication) => _withAuthentication = withAuthentication;

    public Uri Url => new($"http://127.0.0.1:{_port}");

    /// <summary>Where `influxd backup` and `influxd restore` find it.</summary>
    internal string BackupAddress => $"127.0.0.1:{_backupPort}";

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "influxdb.conf"), Configuration());
        await StartAsync();
    }

    public async Task StartAsync()
    {
        using var bound = new CancellationTokenSource(Patience);
        _process = Process.Start(new ProcessStartInfo("influxd", ["-config", Path.Combine(_directory, "influxdb.conf")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("influxd does not start; run tests/tools/install-peers.sh.");
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        while (!await IsUpAsync(bound.Token))
        {
            Assert.False(_process.HasExited, "influxd ended while it started.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, bound.Token);
        }
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(Patience);
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Asks it something as somebody else would, and gives the answer's text.</summary>
    public async Task<string> AskAsync(string statement, string database = "")
    {
        using var content = new FormUrlEncodedContent([new("q", statement), new("db", database), new("epoch", "ms")]);
        using var response = await Http.PostAsync(new Uri(Url, "/query"), content);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<bool> IsUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(Url, "/ping"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string Configuration() =>
        $"""
        reporting-disabled = true
        bind-address = "127.0.0.1:{_backupPort}"

        [meta]
          dir = "{_directory}/meta"

        [data]
          dir = "{_directory}/data"
          wal-dir = "{_directory}/wal"
          query-log-enabled = false

        [http]
          bind-address = "127.0.0.1:{_port}"
          log-enabled = false
          auth-enabled = {(_withAuthentication ? "true" : "false")}

        [monitor]
          store-enabled = false

        [continuous_queries]
          enabled = false
        """;
}
