using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Ingest;

namespace Maestro.Telemetry.Tests.Service;

public sealed class LatestBoardTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly LatestBoard _board = new();

    [Fact]
    public void Restore_SampleAheadOfTheClock_DoesNotHideWhatComes()
    {
        Restore(Given.Noon + Hour, notAfter: Given.Noon + TimeSpan.FromSeconds(30));
        Assert.Null(_board.NewestOf(new("S1")));

        _board.Update(Given.Batch("S1", 20));

        Assert.Equal(20, _board.ValueOf(new("S1"), MetricId.CpuMeanPercent));
    }

    [Fact]
    public void Restore_SampleUpToTheLimit_IsTakenUntilANewerOneComes()
    {
        Restore(Given.Noon, notAfter: Given.Noon);
        Assert.Equal(90, _board.ValueOf(new("S1"), MetricId.CpuMeanPercent));

        _board.Update(Part(Given.Noon + TimeSpan.FromSeconds(1), MetricId.CpuMeanPercent, 20));

        Assert.Equal(20, _board.ValueOf(new("S1"), MetricId.CpuMeanPercent));
    }

    [Fact]
    public void Update_PartsOfOneRow_AreAllKnownAndTheFirstValueStays()
    {
        _board.Update(Part(Given.Noon, MetricId.CpuMeanPercent, 20));
        _board.Update(Part(Given.Noon, MetricId.MemoryUsedPercent, 30));
        _board.Update(Part(Given.Noon, MetricId.MemberState, 3));
        _board.Update(Part(Given.Noon, MetricId.MemoryUsedPercent, 99));
        _board.Update(Part(Given.Noon - Hour, MetricId.AccelerationRatio, 0.5));

        Assert.Equal(20, _board.ValueOf(new("S1"), MetricId.CpuMeanPercent));
        Assert.Equal(30, _board.ValueOf(new("S1"), MetricId.MemoryUsedPercent));
        Assert.Equal(3, _board.ValueOf(new("S1"), MetricId.MemberState));
        Assert.True(double.IsNaN(_board.ValueOf(new("S1"), MetricId.AccelerationRatio)));
    }

    private static SampleBatch Part(DateTimeOffset time, MetricId metric, double value) => new()
    {
        Serial = new("S1"),
        Metrics = [metric],
        TimestampsMs = new[] { time.ToUnixTimeMilliseconds() },
        Values = new[] { value },
    };

    private void Restore(DateTimeOffset taken, DateTimeOffset notAfter) => _board.Restore(
        new LatestSample(new("S1"), new(1), taken, new Dictionary<MetricId, double> { [MetricId.CpuMeanPercent] = 90 }),
        notAfter);
}
