using System.Runtime.InteropServices;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>Values as an SGM may send them, none like the other. A few matrices serve all streams in turn.</summary>
internal static class SampleMatrix
{
    private const int Seed = 7;

    /// <summary>The columns of each batch.</summary>
    public static IReadOnlyList<MetricId> Metrics { get; } = Enum.GetValues<MetricId>();

    /// <summary>Matrices of this many rows.</summary>
    public static double[][] Create(int count, int rows)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, count).Select(_ => Create(random, rows))];
    }

    /// <summary>The values as they lie in a packed field.</summary>
    public static byte[] Encode(double[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static double[] Create(Random random, int rows)
    {
        var values = new double[rows * Metrics.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var rule = ColumnRule.For(Metrics[i % Metrics.Count]);
            values[i] = rule.Integral
                ? random.Next((int)MemberState.Unassigned)
                : random.NextDouble() * Math.Min(rule.Maximum, 1e10);
        }

        return values;
    }
}
