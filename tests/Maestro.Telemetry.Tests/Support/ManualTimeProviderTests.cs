namespace Maestro.Telemetry.Tests.Support;

public sealed class ManualTimeProviderTests
{
    [Fact]
    public void Advance_FiresTimersInOrderAtTheirTime()
    {
        var time = new ManualTimeProvider();
        var start = time.GetUtcNow();
        var fired = new List<(string Name, double After)>();
        using var late = Timer("late", 5, Timeout.InfiniteTimeSpan);
        using var early = Timer("early", 2, Timeout.InfiniteTimeSpan);
        using var every = Timer("every", 3, TimeSpan.FromSeconds(3));

        time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal([("early", 2), ("every", 3), ("late", 5), ("every", 6)], fired);
        Assert.Equal(TimeSpan.FromSeconds(7), time.GetUtcNow() - start);
        Assert.Equal(1, time.ActiveTimers);

        ITimer Timer(string name, int due, TimeSpan period) => time.CreateTimer(
            _ => fired.Add((name, (time.GetUtcNow() - start).TotalSeconds)), null, TimeSpan.FromSeconds(due), period);
    }

    [Fact]
    public async Task Delay_EndsWhenTheClockReachesIt()
    {
        var time = new ManualTimeProvider();
        var delay = Task.Delay(TimeSpan.FromSeconds(10), time, CancellationToken.None);

        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(delay.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
