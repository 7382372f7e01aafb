using System.Globalization;
using Maestro.Telemetry.Benchmarks.Ingest;
using Maestro.Telemetry.Series;
using Microsoft.Data.Sqlite;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>Our collector, with the settings of the product where the load does not need others.</summary>
internal sealed class OwnPeer : IPeer
{
    private const string Database = "maestro";

    public required string Name { get; init; }

    public required string How { get; init; }

    public bool TakesStreams { get; init; }

    public required Func<ServerProcess, PeerData, int, int, ILane> Lane { get; init; }

    /// <summary>Whether InfluxDB keeps the samples instead of SQLite, and then whether it is sent gzip.</summary>
    public bool? CompressesToInflux { get; init; }

    public static IReadOnlyList<IPeer> All { get; } =
    [
        new OwnPeer { Name = "maestro", How = "ours, native stream to SQLite", Lane = Native, TakesStreams = true },
        new OwnPeer
        {
            Name = "maestro-remote-write",
            How = "ours, remote write to SQLite",
            Lane = (server, data, _, _) =>
                new HttpLane(new Uri(server.ReceiverAddress, "/api/v1/write"), new RemoteWriteEncoder(data)),
        },
        new OwnPeer
        {
            Name = "maestro-otlp",
            How = "ours, OTLP over gRPC to SQLite",
            Lane = (server, data, _, _) => new OtlpGrpcLane(server.OtlpAddress, new OtlpEncoder(data)),
        },
        new OwnPeer
        {
            Name = "maestro-influxdb", How = "ours, native stream to InfluxDB", Lane = Native, CompressesToInflux = false,
        },
        new OwnPeer
        {
            Name = "maestro-influxdb-gzip",
            How = "ours, native stream to InfluxDB in gzip",
            Lane = Native,
            CompressesToInflux = true,
        },
    ];

    public string? Missing => CompressesToInflux is null ? null : InfluxDb.Missing;

    public async Task<IRunningPeer> StartAsync(string directory, CancellationToken cancellationToken)
    {
        var settings = Settings();
        PeerProcess? influx = null;
        if (CompressesToInflux is { } compresses)
        {
            influx = await InfluxDb.StartAsync(directory, cancellationToken);
            settings["Maestro__Storage__Kind"] = "influxdb";
            settings["Maestro__Storage__Influx__Url"] = influx.Address.ToString();
            settings["Maestro__Storage__Influx__Database"] = Database;
            settings["Maestro__Storage__Influx__Compress"] = compresses ? "true" : "false";
        }

        return new Running(this, await ServerProcess.StartAsync(directory, settings, cancellationToken), influx, directory);
    }

    private static NativeLane Native(ServerProcess server, PeerData data, int firstSgm, int sgms) =>
        new(server.Address, data, firstSgm, sgms);

    private static Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string> { ["Maestro__Ingest__MaxStreams"] = "20000" };
        foreach (var (i, metric) in PeerData.Metrics.Index())
        {
            var rule = string.Create(CultureInfo.InvariantCulture, $"Maestro__Receivers__Rules__{i}__");
            settings[rule + "Metric"] = RemoteWriteEncoder.Prefix + PeerData.Names[i];
            settings[rule + "Target"] = metric.ToString();
            if (metric == MetricId.MemberState)
            {
                settings[rule + "Kind"] = "ClusterState";
            }
        }

        return settings;
    }

    private sealed class Running(OwnPeer peer, ServerProcess server, PeerProcess? influx, string directory) : IRunningPeer
    {
        public MeasuredProcess Front => server.Measured;

        public MeasuredProcess? Behind => influx?.Measured;

        public ILane CreateLane(PeerData data, int firstSgm, int sgms) => peer.Lane(server, data, firstSgm, sgms);

        public Task<long> CountValuesAsync(CancellationToken cancellationToken) => influx is null
            ? CountRowsAsync(cancellationToken)
            : PeerQueries.CountByInfluxQlAsync(influx.Address, Database, "samples.sgm", cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            if (influx is not null)
            {
                await influx.DisposeAsync();
            }
        }

        // With the program's own eyes, not with ours: as anybody reads the file.
        private async Task<long> CountRowsAsync(CancellationToken cancellationToken)
        {
            var file = Path.Combine(directory, "telemetry.db");
            await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names are ours.
            command.CommandText = $"SELECT {string.Join(" + ", PeerData.Names.Select(name => $"count({name})"))} FROM sample";
#pragma warning restore CA2100
            return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
    }
}
