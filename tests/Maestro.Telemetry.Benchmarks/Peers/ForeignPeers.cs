using System.Globalization;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>The servers that ours is held against.</summary>
internal static class ForeignPeers
{
    private const string Install = "is not installed; run tests/tools/install-peers.sh.";
    private const string Database = "bench";

    public static IReadOnlyList<IPeer> All { get; } =
    [
        Influx("influxdb", "InfluxDB, line protocol", isGzip: false),
        Influx("influxdb-gzip", "InfluxDB, line protocol in gzip", isGzip: true),
        new ForeignPeer
        {
            Name = "victoriametrics",
            How = "VictoriaMetrics, line protocol",
            TakesStreams = true,
            FindMissing = () => VictoriaMetrics is null ? $"victoria-metrics {Install}" : null,
            Start = StartVictoriaMetricsAsync,
            WritePath = "/write?precision=ms",
            Encoder = data => new LineEncoder(data, isGzip: false),
            Count = (server, token) => CountVictoriaMetricsAsync(server, "sgm_", token),
        },
        new ForeignPeer
        {
            Name = "victoriametrics-remote-write",
            How = "VictoriaMetrics, remote write",
            TakesStreams = false,
            FindMissing = () => VictoriaMetrics is null ? $"victoria-metrics {Install}" : null,
            Start = StartVictoriaMetricsAsync,
            WritePath = "/api/v1/write",
            Encoder = data => new RemoteWriteEncoder(data),
            Count = (server, token) => CountVictoriaMetricsAsync(server, RemoteWriteEncoder.Prefix, token),
        },
        new ForeignPeer
        {
            Name = "prometheus",
            How = "Prometheus, remote write",
            TakesStreams = true,
            FindMissing = () => Prometheus is null ? $"prometheus {Install}" : null,
            Start = StartPrometheusAsync,
            WritePath = "/api/v1/write",
            Encoder = data => new RemoteWriteEncoder(data),
            Count = (server, token) => PeerQueries.CountByPromQlAsync(server, RemoteWriteEncoder.Prefix, token),
        },
    ];

    private static string? VictoriaMetrics => PeerProcess.Find("victoria-metrics", "victoria-metrics");

    private static string? Prometheus => PeerProcess.Find("prometheus", "prometheus");

    private static ForeignPeer Influx(string name, string how, bool isGzip) => new()
    {
        Name = name,
        How = how,
        TakesStreams = !isGzip,
        FindMissing = () => InfluxDb.Missing,
        Start = StartInfluxAsync,
        WritePath = $"/write?db={Database}&precision=ms",
        Encoder = data => new LineEncoder(data, isGzip),
        Count = (server, token) => PeerQueries.CountByInfluxQlAsync(server, Database, "sgm", token),
    };

    private static async Task<PeerProcess> StartInfluxAsync(string directory, CancellationToken cancellationToken)
    {
        var process = await InfluxDb.StartAsync(directory, cancellationToken);
        await PeerQueries.AskAsync(
            new Uri(process.Address, "/query"), [new("q", $"CREATE DATABASE {Database}")], cancellationToken);
        return process;
    }

    private static Task<PeerProcess> StartVictoriaMetricsAsync(string directory, CancellationToken cancellationToken)
    {
        var port = FreePort.Take();
        return PeerProcess.StartAsync(
            VictoriaMetrics!,
            [
                $"-storageDataPath={directory}", string.Create(CultureInfo.InvariantCulture, $"-httpListenAddr=127.0.0.1:{port}"),
                "-retentionPeriod=12", "-loggerLevel=ERROR",
            ],
            port,
            "/health",
            cancellationToken);
    }

    private static async Task<PeerProcess> StartPrometheusAsync(string directory, CancellationToken cancellationToken)
    {
        var port = FreePort.Take();
        var file = Path.Combine(directory, "prometheus.yml");
        await File.WriteAllTextAsync(file, "global: {}\n", cancellationToken);
        return await PeerProcess.StartAsync(
            Prometheus!,
            [
                $"--config.file={file}", $"--storage.tsdb.path={directory}/data", "--log.level=error",
                string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
                "--web.enable-remote-write-receiver", "--web.max-connections=20000", "--query.timeout=2m",
            ],
            port,
            "/-/ready",
            cancellationToken);
    }

    private static async Task<long> CountVictoriaMetricsAsync(
        Uri server, string prefix, CancellationToken cancellationToken)
    {
        // What it took last can be asked for after a flush only.
        using var http = new HttpClient();
        using var flushed = await http.GetAsync(new Uri(server, "/internal/force_flush"), cancellationToken);
        flushed.EnsureSuccessStatusCode();
        return await PeerQueries.CountByPromQlAsync(server, prefix, cancellationToken);
    }
}
