using System.Globalization;
using Maestro.Telemetry.Benchmarks.Ingest;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Benchmarks.Stores;

/// <summary>Rows of a fabric of SGMs in groups of ten, with all metrics, for the stores to read again.</summary>
internal static class StoreFill
{
    /// <summary>The group of which the reads are timed.</summary>
    public static readonly SecurityGroupId Group = new(2);

    /// <summary>An SGM of that group.</summary>
    public static readonly GatewaySerial Serial = SerialOf(GroupSize);

    private const int GroupSize = 10;
    private const int RowsAtOnce = 500;

    /// <summary>Writes a row of each SGM at each step of [from, to).</summary>
    public static async Task FillAsync(
        ITelemetryStore store,
        int sgms,
        DateTimeOffset from,
        DateTimeOffset to,
        TimeSpan step,
        CancellationToken cancellationToken)
    {
        var stepMs = (long)step.TotalMilliseconds;
        var matrices = SampleMatrix.Create(8, RowsAtOnce);
        for (var next = from.ToUnixTimeMilliseconds(); next < to.ToUnixTimeMilliseconds(); next += RowsAtOnce * stepMs)
        {
            var rows = (int)Math.Min(RowsAtOnce, (to.ToUnixTimeMilliseconds() - next) / stepMs);
            var first = next;
            long[] times = [.. Enumerable.Range(0, rows).Select(row => first + (row * stepMs))];
            foreach (var part in Enumerable.Range(0, sgms).Chunk(20))
            {
                await store.WriteAsync([.. part.Select(sgm => new SampleBatch
                {
                    Serial = SerialOf(sgm),
                    Group = new SecurityGroupId(1 + (sgm / GroupSize)),
                    Metrics = SampleMatrix.Metrics,
                    TimestampsMs = times,
                    Values = matrices[sgm % matrices.Length].AsMemory(0, rows * SampleMatrix.Metrics.Count),
                })],
                cancellationToken);
            }
        }
    }

    private static GatewaySerial SerialOf(int sgm) => new(string.Create(CultureInfo.InvariantCulture, $"S{sgm:D4}"));
}
