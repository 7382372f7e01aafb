using System.Globalization;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>InfluxDB 1.x with its own defaults, except that what is idle is written out after seconds.</summary>
internal static class InfluxDb
{
    private const string Remedy = "influxd is not installed; run tests/tools/install-peers.sh.";

    public static string? Missing => Program is null ? Remedy : null;

    private static string? Program => PeerProcess.Find("influxdb", "influxd");

    public static async Task<PeerProcess> StartAsync(string directory, CancellationToken cancellationToken)
    {
        var port = FreePort.Take();
        var file = Path.Combine(directory, "influxdb.conf");
        await File.WriteAllTextAsync(file, Configuration(directory, port), cancellationToken);
        return await PeerProcess.StartAsync(
            Program ?? throw new InvalidOperationException(Remedy), ["-config", file], port, "/ping", cancellationToken);
    }

    private static string Configuration(string directory, int port) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        reporting-disabled = true
        bind-address = "127.0.0.1:{FreePort.Take()}"

        [meta]
          dir = "{directory}/meta"

        [data]
          dir = "{directory}/data"
          wal-dir = "{directory}/wal"
          query-log-enabled = false
          cache-snapshot-write-cold-duration = "5s"

        [http]
          bind-address = "127.0.0.1:{port}"
          log-enabled = false

        [monitor]
          store-enabled = false

        [continuous_queries]
          enabled = false
        """);
}
