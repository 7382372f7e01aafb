using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Maestro.Telemetry.IntegrationTests.Interop;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.IntegrationTests.Storage;

namespace Maestro.Telemetry.IntegrationTests.Receivers;

/// <summary>A real Prometheus with a configuration and a directory of its own.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _http = new() { Timeout = ServerUnderTest.Patience };
    private readonly Process _process;
    private readonly Task _output;

    private PrometheusServer(string configuration)
    {
        var port = FreePort.Take();
        var file = _directory.File("prometheus.yml");
        File.WriteAllText(file, configuration);
        _http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        _process = Process.Start(new ProcessStartInfo(
            Program(),
            [
                $"--config.file={file}", $"--storage.tsdb.path={_directory.File("data")}",
                $"--web.listen-address=127.0.0.1:{port}", "--log.level=warn",
            ])
        {
            RedirectStandardError = true,
        })!;
        _output = _process.StandardError.ReadToEndAsync();
    }

    public static async Task<PrometheusServer> StartAsync(string configuration)
    {
        var server = new PrometheusServer(configuration);
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < ServerUnderTest.Patience)
        {
            try
            {
                if ((await server._http.GetAsync(new Uri("/-/ready", UriKind.Relative))).IsSuccessStatusCode)
                {
                    return server;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        await server.DisposeAsync();
        throw new InvalidOperationException("Prometheus did not start in time.");
    }

    /// <summary>All that it has of the series: labels, and points as milliseconds and values.</summary>
    public async Task<List<(Dictionary<string, string> Labels, List<(long TimeMs, double Value)> Points)>> QueryAsync(
        string selector)
    {
        var url = new Uri($"/api/v1/query?query={Uri.EscapeDataString(selector + "[1h]")}", UriKind.Relative);
        using var answer = JsonDocument.Parse(await _http.GetStringAsync(url));
        return
        [
            .. answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(series => (
                series.GetProperty("metric").EnumerateObject().ToDictionary(l => l.Name, l => l.Value.GetString()!),
                series.GetProperty("values").EnumerateArray().Select(Point).ToList())),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().WaitAsync(ServerUnderTest.Patience);
        await _output.WaitAsync(ServerUnderTest.Patience);
        _process.Dispose();
        _http.Dispose();
        _directory.Dispose();
    }

    private static (long TimeMs, double Value) Point(JsonElement pair) => (
        (long)decimal.Round(pair[0].GetDecimal() * 1_000),
        double.Parse(pair[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture));

    // Where Debian puts it, or where install-peers.sh unpacks it without starting a service.
    private static string Program()
    {
        return new[] { "/usr/bin/prometheus", Path.Combine(Repository.Root, ".tools", "prometheus", "usr", "bin", "prometheus") }
            .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"Prometheus is not installed. {PeerFiles.Remedy}");
    }
}
