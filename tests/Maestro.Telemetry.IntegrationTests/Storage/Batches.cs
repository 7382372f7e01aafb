using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.IntegrationTests.Storage;

/// <summary>Batches for tests of a store.</summary>
internal static class Batches
{
    /// <summary>A full minute.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly MetricId[] Cpu = [MetricId.CpuMeanPercent];

    /// <summary>CPU samples of one SGM: seconds after noon, and the value.</summary>
    public static SampleBatch Of(string serial, int? group, params (double Second, double Value)[] rows) => new()
    {
        Serial = new GatewaySerial(serial),
        Group = group is { } number ? new SecurityGroupId(number) : null,
        Metrics = Cpu,
        TimestampsMs = rows.Select(r => Noon.ToUnixTimeMilliseconds() + (long)(r.Second * 1000)).ToArray(),
        Values = rows.Select(r => r.Value).ToArray(),
    };

    /// <summary>Samples with all metrics, one each <paramref name="step"/>; the values tell the row and the metric.</summary>
    public static SampleBatch Full(string serial, int group, DateTimeOffset start, TimeSpan step, int rows)
    {
        var metrics = Enum.GetValues<MetricId>();
        var values = new double[rows * metrics.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = i + 0.5;
        }

        return new SampleBatch
        {
            Serial = new GatewaySerial(serial),
            Group = new SecurityGroupId(group),
            Metrics = metrics,
            TimestampsMs = Enumerable.Range(0, rows).Select(i => (start + (step * i)).ToUnixTimeMilliseconds()).ToArray(),
            Values = values,
        };
    }
}
