namespace Maestro.Telemetry.Tests.Orchestration;

/// <summary>
/// A clock that stands still, except that a short wait (a poll) is over at once and moves the clock by its length. Long
/// timers (the time limits of requests) fire only when the clock is moved past them.
/// </summary>
internal sealed class SteppingTimeProvider : TimeProvider
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(4);

    private readonly Lock _lock = new();
    private readonly List<HeldTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero && dueTime <= LongestStep)
        {
            Advance(dueTime);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
            return new HeldTimer(this, callback, state, DateTimeOffset.MaxValue);
        }

        lock (_lock)
        {
            var due = dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : _now + dueTime;
            var timer = new HeldTimer(this, callback, state, due);
            _timers.Add(timer);
            return timer;
        }
    }

    public void Advance(TimeSpan time)
    {
        HeldTimer[] due;
        lock (_lock)
        {
            _now += time;
            due = [.. _timers.Where(t => t.Due <= _now)];
            _timers.RemoveAll(t => t.Due <= _now);
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    private sealed class HeldTimer(SteppingTimeProvider owner, TimerCallback callback, object? state, DateTimeOffset due)
        : ITimer
    {
        public DateTimeOffset Due => due;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) =>
            throw new NotSupportedException("No timer of the client is changed.");

        public void Dispose()
        {
            lock (owner._lock)
            {
                owner._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
