using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// What a process that begins must know of those before it: each SGM's newest minute, and the minutes whose roll-ups are
/// behind their rows because the process ended between the two.
/// </summary>
internal sealed class Recovery(InfluxClient client, InfluxStoreOptions options, MinuteBook book, MinuteLoader loader)
{
    /// <summary>Rows whose roll-ups are not stored yet lie at most this far behind the newest.</summary>
    public const long CheckedMinutes = 60;

    public async Task RunAsync(long nowTicks, CancellationToken cancellationToken)
    {
        book.Clear();
        await UnlessMissingAsync(() => ReadNewestAsync(cancellationToken));
        var newest = book.Sgms.Select(s => s.NewestMinute).DefaultIfEmpty(-1).Max();
        book.NewestMinute = newest;
        if (newest < 0)
        {
            return;
        }

        var range = InfluxQl.Between(
            Math.Max(0, newest - CheckedMinutes) * RollupKey.MsPerMinute, (newest + 1) * RollupKey.MsPerMinute);
        var behind = new Dictionary<(SgmState Sgm, long Minute), long>();
        var rolledUp = new Dictionary<(SgmState Sgm, long Minute), long>();
        await CountAsync(
            $"count({InfluxQl.Name(Measurements.GroupNumber)})", options.Samples, range, behind, cancellationToken);
        await UnlessMissingAsync(
            () => CountAsync($"sum({Measurements.RowCount})", Measurements.Rollups, range, rolledUp, cancellationToken));
        foreach (var (key, rows) in rolledUp)
        {
            // The newest minute may have got a metric without getting a row.
            if (behind.TryGetValue(key, out var count) && count == rows && key.Minute != key.Sgm.NewestMinute)
            {
                behind.Remove(key);
            }
        }

        await loader.LoadAsync(behind.Keys, nowTicks, cancellationToken);
    }

    private async Task ReadNewestAsync(CancellationToken cancellationToken)
    {
        await using var rows = await client.QueryAsync(
            $"SELECT last({InfluxQl.Name(Measurements.GroupNumber)}) FROM {options.Samples} "
            + $"GROUP BY {InfluxQl.Name(Measurements.Serial)}",
            "ms",
            cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            SgmOf(rows).NewestMinute = rows[0].Integer / RollupKey.MsPerMinute;
        }
    }

    // 3.x knows a database and a measurement only after the first write to it.
    private static async Task UnlessMissingAsync(Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (StoreUnavailableException e) when (InfluxSchema.IsMissing(e.Message))
        {
            // Nothing is stored yet.
        }
    }

    private async Task CountAsync(
        string what,
        string measurement,
        string range,
        Dictionary<(SgmState Sgm, long Minute), long> counts,
        CancellationToken cancellationToken)
    {
        await using var rows = await client.QueryAsync(
            $"SELECT {what} FROM {measurement} WHERE {range} "
            + $"GROUP BY time(1m), {InfluxQl.Name(Measurements.Serial)} fill(none)",
            "ms",
            cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            counts[(SgmOf(rows), rows[0].Integer / RollupKey.MsPerMinute)] = (long)rows[1].Number;
        }
    }

    private SgmState SgmOf(InfluxRows rows) =>
        book.Sgm(SampleColumns.SerialOf(rows.Series.Tags.GetValueOrDefault(Measurements.Serial)));
}
