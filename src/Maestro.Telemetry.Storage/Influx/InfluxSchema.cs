using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>Makes what the store needs where InfluxQL can, and says how to make it where it cannot.</summary>
internal sealed class InfluxSchema(InfluxClient client, InfluxStoreOptions options)
{
    private static readonly TimeSpan ShardOfSamples = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortShard = TimeSpan.FromHours(1);

    /// <exception cref="StoreUnavailableException">The server does not answer, refuses, or lacks a bucket.</exception>
    public async Task PrepareAsync(InfluxServer server, CancellationToken cancellationToken)
    {
        if (server.Generation == InfluxGeneration.One)
        {
            await CreateAsync(cancellationToken);
        }
        else if (server.Generation == InfluxGeneration.Two)
        {
            await ProbeAsync(cancellationToken);
        }
    }

    /// <summary>Whether the server says that a database, bucket or measurement is not there.</summary>
    public static bool IsMissing(string message) =>
        message.Contains("not found", StringComparison.OrdinalIgnoreCase)
        || message.Contains("mapping", StringComparison.OrdinalIgnoreCase);

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var database = InfluxQl.Name(options.Database);
        var keep = options.Retention;
        var longest = keep.Rollups <= TimeSpan.Zero || keep.Forecasts <= TimeSpan.Zero ? TimeSpan.Zero
            : keep.Rollups > keep.Forecasts ? keep.Rollups
            : keep.Forecasts;
        await client.ExecuteAsync($"CREATE DATABASE {database}", cancellationToken);
        var (policies, standard) = await PoliciesAsync(cancellationToken);
        if (options.SamplesPolicy.Length == 0)
        {
            longest = keep.Samples <= TimeSpan.Zero || longest <= TimeSpan.Zero ? TimeSpan.Zero
                : keep.Samples > longest ? keep.Samples
                : longest;
        }
        else
        {
            // Whole shards go when their end is too old; what is older than that in the last one, the store deletes.
            var name = InfluxQl.Name(options.SamplesPolicy);
            var verb = policies.Contains(options.SamplesPolicy) ? "ALTER" : "CREATE";
            var shard = keep.Samples > TimeSpan.Zero && keep.Samples < ShardOfSamples ? ShortShard : ShardOfSamples;
            await client.ExecuteAsync(
                $"{verb} RETENTION POLICY {name} ON {database} DURATION {InfluxQl.Duration(keep.Samples)} REPLICATION 1 "
                + $"SHARD DURATION {InfluxQl.Duration(shard)}",
                cancellationToken);
        }

        if (standard is not null)
        {
            await client.ExecuteAsync(
                $"ALTER RETENTION POLICY {InfluxQl.Name(standard)} ON {database} DURATION {InfluxQl.Duration(longest)}",
                cancellationToken);
        }
    }

    private async Task<(HashSet<string> Names, string? Default)> PoliciesAsync(CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        string? standard = null;
        await using var rows = await client.QueryAsync(
            $"SHOW RETENTION POLICIES ON {InfluxQl.Name(options.Database)}", "ms", cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var name = rows["name"].Text ?? "";
            names.Add(name);
            standard = rows["default"].Integer == 1 ? name : standard;
        }

        return (names, standard);
    }

    /// <summary>Asks something of each bucket, which proves that it is there and may be read.</summary>
    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        const string Probe = "SHOW FIELD KEYS";
        var statements = options.SamplesPolicy.Length == 0 ? Probe : $"{Probe}; {Probe} FROM {options.Samples}";
        try
        {
            await client.ExecuteAsync(statements, cancellationToken);
        }
        catch (StoreUnavailableException e) when (IsMissing(e.Message))
        {
            throw new StoreUnavailableException($"{e.Message} {BucketCommands()}", e);
        }
    }

    private string BucketCommands()
    {
        var rollups = $"influx bucket create --name {options.Database} --retention {InfluxQl.Duration(options.Retention.Rollups)}";
        return options.SamplesPolicy.Length == 0
            ? $"Create the bucket: {rollups}."
            : $"Create the buckets: {rollups}; influx bucket create --name {options.Database}/{options.SamplesPolicy} "
                + $"--retention {InfluxQl.Duration(options.Retention.Samples)}.";
    }
}
