using System.Globalization;
using System.Runtime.InteropServices;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>
/// The values that every collector is sent: a day's wave, a walk around it, and counters of the same load, rounded as
/// gateways round them. A row each 10 s, up to the present. The same seed gives the same values.
/// </summary>
internal sealed class PeerData
{
    /// <summary>Time between the rows of an SGM.</summary>
    public const long StepMs = 10_000;

    private const int Seed = 7;
    private const int GroupSize = 28;
    private const double StepsPerDay = 86_400_000.0 / StepMs;

    private readonly byte[][] _values;
    private readonly long _startMs;

    public PeerData(int sgms, int rows, DateTimeOffset now)
    {
        _startMs = ((now.ToUnixTimeMilliseconds() / StepMs) - rows - 1) * StepMs;
        _values = [.. Enumerable.Range(0, sgms).Select(sgm => Create(sgm, rows))];
    }

    /// <summary>The values of each row, in this order.</summary>
    public static IReadOnlyList<MetricId> Metrics { get; } = Enum.GetValues<MetricId>();

    /// <summary>What the values are called by those who send names with them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Metrics.Select(metric => ColumnRule.For(metric).Name)];

    /// <summary>What a value is multiplied with by who sends as Skyline does, which counts five numbers for each state.</summary>
    public static double SkylineFactor(int column) => Metrics[column] == MetricId.MemberState ? 5 : 1;

    public static string SerialOf(int sgm) => string.Create(CultureInfo.InvariantCulture, $"BENCH{sgm:D5}");

    public static int GroupOf(int sgm) => 1 + (sgm / GroupSize % 1_000);

    public long TimeMs(int row) => _startMs + (row * StepMs);

    public long[] TimesMs(int firstRow, int rows) => [.. Enumerable.Range(firstRow, rows).Select(TimeMs)];

    public ReadOnlySpan<double> Row(int sgm, int row) => MemoryMarshal.Cast<byte, double>(Bytes(sgm, row, 1).Span);

    /// <summary>Rows as they lie in a packed field.</summary>
    public ReadOnlyMemory<byte> Bytes(int sgm, int firstRow, int rows)
    {
        var width = Metrics.Count * sizeof(double);
        return _values[sgm % _values.Length].AsMemory(firstRow * width, rows * width);
    }

    private static byte[] Create(int sgm, int rows)
    {
        var random = new Random(Seed + sgm);
        var values = new double[rows * Metrics.Count];
        var phase = random.NextDouble() * Math.Tau;
        var scale = 0.5 + random.NextDouble();
        var walk = 0.0;
        for (var row = 0; row < rows; row++)
        {
            walk = (0.95 * walk) + (0.02 * Normal(random));
            var wave = 0.45 + (0.2 * Math.Sin((row / StepsPerDay * Math.Tau) + phase));
            var load = Math.Clamp(wave + walk, 0.01, 0.95);
            Fill(values.AsSpan(row * Metrics.Count, Metrics.Count), load, scale, random);
        }

        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }

    private static void Fill(Span<double> row, double load, double scale, Random random)
    {
        var work = load * scale;
        for (var i = 0; i < row.Length; i++)
        {
            var noise = 1 + (0.02 * Normal(random));
            row[i] = Metrics[i] switch
            {
                MetricId.CpuMeanPercent => Math.Round(100 * load, 1),
                MetricId.CpuBusiestCorePercent => Math.Round(Math.Min(100, (100 * load) + 4 + (random.NextDouble() * 8)), 1),
                MetricId.MemoryUsedPercent => Math.Round(40 + (20 * load), 1),
                MetricId.ConcurrentConnections => Math.Round(250_000 * work * noise),
                MetricId.ConnectionsPerSecond => Math.Round(9_000 * work * noise),
                MetricId.ReceivedBitsPerSecond => Math.Round(11e9 * work * noise),
                MetricId.TransmittedBitsPerSecond => Math.Round(10e9 * work * noise),
                MetricId.ReceivedPacketsPerSecond => Math.Round(1.6e6 * work * noise),
                MetricId.TransmittedPacketsPerSecond => Math.Round(1.5e6 * work * noise),
                MetricId.DroppedPacketsPerSecond => random.Next(8),
                MetricId.AccelerationRatio => Math.Round(0.75 + (0.1 * random.NextDouble()), 3),
                _ => (double)MemberState.Active,
            };
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
