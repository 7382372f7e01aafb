using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.CrashWriter;

/// <summary>Rows that can be told by their number: row n is of SGM n mod 7, n seconds after the start.</summary>
public static class CrashRows
{
    public const int Gateways = 7;

    public static readonly DateTimeOffset Start = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Rows in [from, to), one batch per SGM.</summary>
    public static SampleBatch[] Make(long from, long to) =>
        [.. Enumerable.Range(0, Gateways).Select(gateway => MakeBatch(gateway, from, to))];

    public static GatewaySerial Serial(long gateway) => new($"SN{gateway}");

    public static double Value(long row) => row % 1000;

    private static SampleBatch MakeBatch(int gateway, long from, long to)
    {
        var rows = new List<long>();
        for (var row = from; row < to; row++)
        {
            if (row % Gateways == gateway)
            {
                rows.Add(row);
            }
        }

        return new SampleBatch
        {
            Serial = Serial(gateway),
            Group = new SecurityGroupId(1 + (gateway % 2)),
            Metrics = [MetricId.CpuMeanPercent, MetricId.ConnectionsPerSecond],
            TimestampsMs = rows.Select(r => Start.ToUnixTimeMilliseconds() + (r * 1000)).ToArray(),
            Values = rows.SelectMany(r => new[] { Value(r), 2 * Value(r) }).ToArray(),
        };
    }
}
