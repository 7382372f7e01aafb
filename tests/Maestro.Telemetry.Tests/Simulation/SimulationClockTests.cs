using Maestro.Telemetry.Simulator;

namespace Maestro.Telemetry.Tests.Simulation;

public sealed class SimulationClockTests
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly ManualTime _real = new(new(2030, 6, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void GetUtcNow_AfterRealTime_HasRunSpeedTimesAsFar()
    {
        var clock = new SimulationClock(Monday, 60, _real);

        _real.Advance(TimeSpan.FromSeconds(90));

        Assert.Equal(Monday + TimeSpan.FromMinutes(90), clock.GetUtcNow());
    }

    [Fact]
    public void GetElapsedTime_AfterRealTime_IsSimulatedTime()
    {
        var clock = new SimulationClock(Monday, 60, _real);
        var from = clock.GetTimestamp();

        _real.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromMinutes(2), clock.GetElapsedTime(from));
    }

    [Fact]
    public void CreateTimer_DividesByTheSpeedAndRoundsUp()
    {
        var clock = new SimulationClock(Monday, 60, _real);

        using var timer = clock.CreateTimer(
            _ => { }, null, TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(30));
        timer.Change(Timeout.InfiniteTimeSpan, TimeSpan.Zero);

        Assert.Equal(
            [
                (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(1)),
                (Timeout.InfiniteTimeSpan, TimeSpan.Zero),
            ],
            _real.Timers);
    }

    [Fact]
    public async Task Delay_OfAnHour_TakesAFractionOfASecond()
    {
        var clock = new SimulationClock(Monday, 36_000);

        await Task.Delay(TimeSpan.FromHours(1), clock, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));

        // A real timer may fire up to some milliseconds early, which are minutes here.
        Assert.True(clock.GetUtcNow() - Monday > TimeSpan.FromMinutes(30));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(100_001)]
    public void Speed_OutOfRange_IsRefused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulationClock(Monday, speed, _real));
}
