namespace Maestro.Telemetry.Tests.Simulation;

/// <summary>A clock that stands still until it is moved. Its timers are recorded and never fire.</summary>
internal sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private TimeSpan _elapsed;

    public List<(TimeSpan Due, TimeSpan Period)> Timers { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start + _elapsed;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new RecordedTimer(this);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by) => _elapsed += by;

    private sealed class RecordedTimer(ManualTime owner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            owner.Timers.Add((dueTime, period));
            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
