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
        var expected = ExpectedRetention.Of(options);
        await client.ExecuteAsync($"CREATE DATABASE {database}", cancellationToken);
        var policies = await PoliciesAsync(client, options, cancellationToken);
        if (expected.Samples is { } samples)
        {
            // Whole shards go when their end is too old; what is older than that in the last one, the store deletes.
            var name = InfluxQl.Name(options.SamplesPolicy);
            var verb = policies.Any(p => p.Name == options.SamplesPolicy) ? "ALTER" : "CREATE";
            var shard = samples > TimeSpan.Zero && samples < ShardOfSamples ? ShortShard : ShardOfSamples;
            await client.ExecuteAsync(
                $"{verb} RETENTION POLICY {name} ON {database} DURATION {InfluxQl.Duration(samples)} REPLICATION 1 "
                + $"SHARD DURATION {InfluxQl.Duration(shard)}",
                cancellationToken);
        }

        if (policies.Find(p => p.IsDefault) is { } standard)
        {
            await client.ExecuteAsync(
                ExpectedRetention.Alter(options.Database, standard.Name, expected.Longest), cancellationToken);
        }
    }

    /// <summary>The policies of the database, as 1.x has them.</summary>
    public static async Task<List<InfluxPolicy>> PoliciesAsync(
        InfluxClient client, InfluxStoreOptions options, CancellationToken cancellationToken)
    {
        var policies = new List<InfluxPolicy>();
        await using var rows = await client.QueryAsync(
            $"SHOW RETENTION POLICIES ON {InfluxQl.Name(options.Database)}", "ms", cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            policies.Add(new InfluxPolicy(
                rows["name"].Text ?? "", InfluxQl.ReadDuration(rows["duration"].Text), rows["default"].Integer == 1));
        }

        return policies;
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
