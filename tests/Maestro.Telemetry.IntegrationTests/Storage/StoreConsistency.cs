using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.IntegrationTests.Storage;

/// <summary>Holds the roll-ups of a store against the raw rows.</summary>
internal static class StoreConsistency
{
    private static readonly MetricId[] Metrics = Enum.GetValues<MetricId>();

    /// <summary>Fails when a roll-up is not that of the raw rows, or there is no row for it; gives the raw rows.</summary>
    /// <param name="store">The store.</param>
    /// <param name="from">The first minute.</param>
    /// <param name="to">The end.</param>
    /// <param name="mayBeInParts">
    /// Whether the store may keep a roll-up in parts that it puts together on reading: InfluxDB has one for each site
    /// that an SGM was said to be at, and a collector that has just begun does not know the site yet.
    /// </param>
    public static async Task<long> CheckAsync(
        ITelemetryStore store, DateTimeOffset from, DateTimeOffset to, bool mayBeInParts = false)
    {
        var actual = new Dictionary<(DateTimeOffset, GatewaySerial, SecurityGroupId?), Rollup[]>();
        var query = new RollupQuery { From = from, To = to, Metrics = Metrics };
        await foreach (var row in store.ReadRollupsAsync(query, CancellationToken.None))
        {
            actual.Add((row.Minute, row.Serial, row.Group), [.. row.Values]);
        }

        var rows = 0L;
        var expected = new Dictionary<(DateTimeOffset, GatewaySerial, SecurityGroupId?), Rollup[]>();
        foreach (var serial in actual.Keys.Select(k => k.Item2).Distinct())
        {
            await foreach (var sample in store.ReadSamplesAsync(serial, from, to, CancellationToken.None))
            {
                rows++;
                Add(expected, serial, sample);
            }
        }

        Assert.Equal(expected.Keys.Order(KeyOrder), actual.Keys.Order(KeyOrder));
        Assert.All(expected, e => Assert.Equal(e.Value, actual[e.Key]));
        var statistics = await store.GetStatisticsAsync(CancellationToken.None);
        Assert.Equal(rows, statistics.SampleRows);
        Assert.InRange(statistics.RollupRows, actual.Count, mayBeInParts ? rows : actual.Count);
        return rows;
    }

    private static readonly Comparer<(DateTimeOffset, GatewaySerial, SecurityGroupId?)> KeyOrder =
        Comparer<(DateTimeOffset, GatewaySerial, SecurityGroupId?)>.Create(
            (x, y) => string.CompareOrdinal(x.ToString(), y.ToString()));

    private static void Add(
        Dictionary<(DateTimeOffset, GatewaySerial, SecurityGroupId?), Rollup[]> rollups,
        GatewaySerial serial,
        RawSample sample)
    {
        var minute = new DateTimeOffset(
            sample.Time.Ticks - (sample.Time.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var key = (minute, serial, sample.Group);
        if (!rollups.TryGetValue(key, out var values))
        {
            rollups.Add(key, values = new Rollup[Metrics.Length]);
        }

        for (var i = 0; i < Metrics.Length; i++)
        {
            if (sample.Values.TryGetValue(Metrics[i], out var value))
            {
                var old = values[i];
                values[i] = old.Count == 0
                    ? new Rollup(1, value, value, value)
                    : new Rollup(old.Count + 1, Math.Min(old.Min, value), Math.Max(old.Max, value), old.Sum + value);
            }
        }
    }
}
