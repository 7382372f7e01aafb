using Maestro.Telemetry.Simulator.Load;

namespace Maestro.Telemetry.Tests.Simulation;

public sealed class WorkTraceTests
{
    // A Friday in another year; the value tells the hour of the trace's week.
    private static readonly DateTimeOffset Friday = new(2004, 11, 19, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void At_KeepsWeekdayAndHour()
    {
        var points = Enumerable.Range(0, (2 * 7 * 24) + 5)
            .Select(hour => Friday.AddHours(hour))
            .Select(time => (time, time is { DayOfWeek: DayOfWeek.Monday, Hour: 10 } ? 2.0 : 1.0))
            .ToList();
        var trace = WorkTrace.Create(points, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), work: 6);

        Assert.Equal(6, At(new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero)), 9);
        Assert.Equal(6, At(new(2026, 3, 9, 10, 0, 0, TimeSpan.Zero)), 9);
        Assert.Equal(3, At(new(2026, 1, 6, 10, 0, 0, TimeSpan.Zero)), 9);
        Assert.Equal(4.5, At(new(2026, 1, 5, 9, 30, 0, TimeSpan.Zero)), 9);

        double At(DateTimeOffset time) => trace.At(time.ToUnixTimeSeconds());
    }

    [Fact]
    public void Create_ScalesThePercentileAndNotTheOutlier()
    {
        var points = Enumerable.Range(0, 10_001)
            .Select(i => (Friday.AddSeconds(i), i == 10_000 ? 1e9 : i))
            .ToList();

        var trace = WorkTrace.Create(points, Friday, work: 5);

        Assert.Equal(5, trace.At(Friday.AddSeconds(9_990).ToUnixTimeSeconds()), 9);
    }

    [Fact]
    public void Create_AllZero_IsRefused() =>
        Assert.Throws<ArgumentException>(
            () => WorkTrace.Create([(Friday, 0), (Friday.AddHours(1), 0)], Friday, work: 1));
}
