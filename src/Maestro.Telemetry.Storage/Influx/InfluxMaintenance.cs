using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>Deletes what is too old, and counts what is held.</summary>
internal sealed class InfluxMaintenance(InfluxClient client, InfluxStoreOptions options)
{
    private static readonly string CountRows = $"count({InfluxQl.Name(Measurements.GroupNumber)})";

    /// <summary>
    /// Deletes by time what each resolution no longer keeps. A retention policy of the server's own would drop whole
    /// shards only; on 2.x and 3.x it is all there is.
    /// </summary>
    public async Task<RetentionResult> DeleteAsync(
        RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var samples = await DeleteAsync(
            CountRows, options.Samples, [Measurements.Samples], Cutoff(policy.Samples, now), cancellationToken);
        var rollupsBefore = Cutoff(policy.Rollups, now) is { } cutoff
            ? cutoff / RollupKey.MsPerMinute * RollupKey.MsPerMinute
            : (long?)null;
        var rollups = await DeleteAsync(
            $"count({Measurements.RowCount})", Measurements.Rollups, [Measurements.Rollups], rollupsBefore, cancellationToken);
        var forecasts = await DeleteAsync(
            "count(model)",
            Measurements.Forecasts,
            [Measurements.Forecasts, Measurements.ForecastSteps],
            Cutoff(policy.Forecasts, now),
            cancellationToken);
        return new RetentionResult(samples, rollups, forecasts);
    }

    /// <summary>Whether any roll-up of these minutes, both included, is stored.</summary>
    public async Task<bool> HasRollupsAsync(
        DateTimeOffset first, DateTimeOffset last, CancellationToken cancellationToken)
    {
        var range = InfluxQl.Between(first.ToUnixTimeMilliseconds(), last.ToUnixTimeMilliseconds() + 1);
        try
        {
            return await ScalarAsync(
                $"SELECT count({Measurements.RowCount}) FROM {Measurements.Rollups} WHERE {range}", cancellationToken) > 0;
        }
        catch (StoreUnavailableException e) when (InfluxSchema.IsMissing(e.Message))
        {
            // 3.x knows a measurement only after the first write to it.
            return false;
        }
    }

    public async Task<StoreStatistics> CountAsync(CancellationToken cancellationToken) => new(
        await ScalarAsync($"SELECT {CountRows} FROM {options.Samples}", cancellationToken),
        await ScalarAsync($"SELECT count({Measurements.RowCount}) FROM {Measurements.Rollups}", cancellationToken),
        await ScalarAsync($"SELECT count(model) FROM {Measurements.Forecasts}", cancellationToken),
        0);

    /// <summary>Bytes on the server's disk, which 1.x tells; 0 elsewhere.</summary>
    public async Task<long> BytesAsync(InfluxServer server, CancellationToken cancellationToken)
    {
        if (server.Generation != InfluxGeneration.One)
        {
            return 0;
        }

        var bytes = 0L;
        await using var rows = await client.QueryAsync("SHOW STATS FOR 'shard'", "ms", cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            bytes += rows.Series.Tags.GetValueOrDefault("database") == options.Database ? rows["diskBytes"].Integer : 0;
        }

        return bytes;
    }

    private static long? Cutoff(TimeSpan keep, DateTimeOffset now) =>
        keep <= TimeSpan.Zero || keep > now - DateTimeOffset.UnixEpoch ? null : InfluxQl.CeilingMs(now - keep);

    private async Task<long> DeleteAsync(
        string count, string from, string[] measurements, long? beforeMs, CancellationToken cancellationToken)
    {
        if (beforeMs is not { } before)
        {
            return 0;
        }

        var condition = $"WHERE time < {InfluxQl.Ms(before)}";
        var rows = await ScalarAsync($"SELECT {count} FROM {from} {condition}", cancellationToken);
        if (rows > 0)
        {
            await client.ExecuteAsync(
                string.Join("; ", measurements.Select(m => $"DELETE FROM {InfluxQl.Name(m)} {condition}")),
                cancellationToken);
        }

        return rows;
    }

    private async Task<long> ScalarAsync(string statement, CancellationToken cancellationToken)
    {
        await using var rows = await client.QueryAsync(statement, "ms", cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? rows[1].Integer : 0;
    }
}
