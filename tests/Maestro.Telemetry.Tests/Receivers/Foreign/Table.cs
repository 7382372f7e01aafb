using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Receivers.Foreign;

/// <summary>Rows as the store has them after it has merged what came in parts: what is there first stays.</summary>
internal static class Table
{
    public static Dictionary<(GatewaySerial, long), Row> Of(IEnumerable<SampleBatch> batches)
    {
        var rows = new Dictionary<(GatewaySerial, long), Row>();
        foreach (var (batch, number) in batches.SelectMany(b => Enumerable.Range(0, b.Rows).Select(row => (b, row))))
        {
            var key = (batch.Serial, batch.TimestampsMs.Span[number]);
            if (!rows.TryGetValue(key, out var row))
            {
                rows.Add(key, row = new Row([], []));
            }

            for (var i = 0; i < batch.Metrics.Count; i++)
            {
                row.Metrics.TryAdd(batch.Metrics[i], batch.Values.Span[(number * batch.Metrics.Count) + i]);
            }

            for (var i = 0; i < batch.Cores.Count; i++)
            {
                row.Cores.TryAdd(batch.Cores[i], batch.CoreValues.Span[(number * batch.Cores.Count) + i]);
            }
        }

        return rows;
    }

    /// <summary>The same but for the last digits: sums are added up in the order that their parts came in.</summary>
    public static bool AreAlike(Dictionary<(GatewaySerial, long), Row> left, Dictionary<(GatewaySerial, long), Row> right) =>
        left.Count == right.Count
        && Ordered(left).Zip(Ordered(right)).All(pair =>
            pair.First.Key.Item1 == pair.Second.Key.Item1
            && AreAlike(pair.First.Value.Metrics, pair.Second.Value.Metrics)
            && AreAlike(pair.First.Value.Cores, pair.Second.Value.Cores));

    private static IEnumerable<KeyValuePair<(GatewaySerial Serial, long TimeMs), Row>> Ordered(
        Dictionary<(GatewaySerial Serial, long TimeMs), Row> rows) =>
        rows.OrderBy(r => r.Key.Serial.Value, StringComparer.Ordinal).ThenBy(r => r.Key.TimeMs);

    private static bool AreAlike<T>(Dictionary<T, double> left, Dictionary<T, double> right)
        where T : notnull =>
        left.Count == right.Count
        && left.All(l => right.TryGetValue(l.Key, out var r) && Math.Abs(l.Value - r) <= 1e-9 * Math.Abs(r));

    internal sealed record Row(Dictionary<MetricId, double> Metrics, Dictionary<CoreId, double> Cores);
}
