using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Series;

public sealed class SampleRulesTests
{
    private const long Now = 1_800_000_000_000;

    private static readonly MetricId[] Metrics = Enum.GetValues<MetricId>();
    private static readonly SampleRules Rules = new(
        Metrics.Select(ColumnRule.For), maxAge: TimeSpan.FromHours(1), maxLead: TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(MetricId.CpuMeanPercent, 100, null)]
    [InlineData(MetricId.CpuMeanPercent, 100.01, RefusalReason.OutOfRange)]
    [InlineData(MetricId.CpuBusiestCorePercent, -0.01, RefusalReason.Negative)]
    [InlineData(MetricId.ReceivedBitsPerSecond, 4e11, null)]
    [InlineData(MetricId.ReceivedBitsPerSecond, -1, RefusalReason.Negative)]
    [InlineData(MetricId.ReceivedBitsPerSecond, double.PositiveInfinity, RefusalReason.NotFinite)]
    [InlineData(MetricId.ReceivedBitsPerSecond, double.NegativeInfinity, RefusalReason.NotFinite)]
    [InlineData(MetricId.ConcurrentConnections, double.NaN, RefusalReason.NotFinite)]
    [InlineData(MetricId.AccelerationRatio, 1, null)]
    [InlineData(MetricId.AccelerationRatio, 1.5, RefusalReason.OutOfRange)]
    [InlineData(MetricId.MemberState, 8, null)]
    [InlineData(MetricId.MemberState, 9, RefusalReason.OutOfRange)]
    [InlineData(MetricId.MemberState, 5.5, RefusalReason.OutOfRange)]
    public void Value_IsHeldAgainstItsMetric(MetricId metric, double value, RefusalReason? reason)
    {
        // In each of 9 rows in turn, so that it lies in a whole vector and in the tail.
        for (var row = 0; row < 9; row++)
        {
            var values = new double[9 * Metrics.Length];
            values[(row * Metrics.Length) + Array.IndexOf(Metrics, metric)] = value;

            var refusals = Check(Times(9), values);

            Assert.Equal(reason is { } r ? [r] : [], refusals.ByReason().Select(x => x.Reason));
            Assert.Equal(reason is not null, refusals.IsRefused(row));
            Assert.Equal(reason is null ? 0 : 1, refusals.Count);
        }
    }

    [Theory]
    [InlineData(-3_600_000, null)]
    [InlineData(-3_600_001, RefusalReason.TooOld)]
    [InlineData(30_000, null)]
    [InlineData(30_001, RefusalReason.TooNew)]
    [InlineData(long.MinValue / 2, RefusalReason.TooOld)]
    [InlineData(long.MaxValue / 2, RefusalReason.TooNew)]
    public void Timestamp_IsHeldAgainstTheWindow(long offset, RefusalReason? reason)
    {
        var refusals = Check([Now, Now + offset], new double[2 * Metrics.Length]);

        Assert.Equal(reason is { } r ? [r] : [], refusals.ByReason().Select(x => x.Reason));
    }

    [Fact]
    public void Sentence_NamesTheFieldTheValueAndTheRemedy()
    {
        var values = new double[2 * Metrics.Length];
        values[Metrics.Length] = 104.5;

        var refusal = Assert.Single(Check(Times(2), values).ByReason());

        Assert.Equal([1], refusal.Rows);
        Assert.Equal("cpu_mean_percent of row 1 is 104.5; it must be at most 100.", refusal.Sentence);
    }

    [Fact]
    public void BadRows_AreGatheredByReason_AndTheOthersStay()
    {
        var values = new double[4 * Metrics.Length];
        values[0] = double.NaN;
        values[2 * Metrics.Length] = double.NaN;
        values[3 * Metrics.Length] = -1;

        var refusals = Check(Times(4), values);

        Assert.Equal(
            [(RefusalReason.NotFinite, "0,2"), (RefusalReason.Negative, "3")],
            refusals.ByReason().Select(r => (r.Reason, string.Join(',', r.Rows))));
        Assert.False(refusals.IsRefused(1));
    }

    [Fact]
    public void WrongNumberOfValues_IsAShapeProblem()
    {
        Assert.Contains("25 entries for 2 rows", Rules.ShapeProblem(2, 25), StringComparison.Ordinal);
        Assert.Null(Rules.ShapeProblem(2, 2 * Metrics.Length));
        Assert.Throws<ArgumentException>(() => Check(Times(2), new double[25]));
    }

    [Fact]
    public void CleanBatch_AllocatesNothing()
    {
        var times = Times(500);
        var values = new double[500 * Metrics.Length];
        Check(times, values);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusals = Check(times, values);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(refusals.IsEmpty);
    }

    [Fact]
    public void VectorPath_AgreesWithOneRowAtATime() => Trials.Check(500, seed =>
    {
        var random = new Random(seed);
        var rows = random.Next(1, 20);
        double[] odd = [double.NaN, -1, 101, 3e9, 0.5, double.PositiveInfinity, 7];
        var values = new double[rows * Metrics.Length];
        for (var i = 0; i < random.Next(4); i++)
        {
            values[random.Next(values.Length)] = odd[random.Next(odd.Length)];
        }

        var all = Check(Times(rows), values);
        for (var row = 0; row < rows; row++)
        {
            var alone = Check(Times(1), values[(row * Metrics.Length)..((row + 1) * Metrics.Length)]);
            Assert.Equal(!alone.IsEmpty, all.IsRefused(row));
        }
    });

    private static long[] Times(int rows) => [.. Enumerable.Repeat(Now, rows)];

    private static RefusalList Check(long[] times, double[] values)
    {
        var refusals = default(RefusalList);
        Rules.Check(times, values, Now, ref refusals);
        return refusals;
    }
}
