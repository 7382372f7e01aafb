namespace Maestro.Telemetry.Tests.Support;

/// <summary>
/// A clock that moves only when a test moves it. Timers fire on the thread that does, in the order they are due.
/// </summary>
internal sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly DateTimeOffset _start = start;
    private DateTimeOffset _now = start;

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that are set to fire.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => (GetUtcNow() - _start).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, stopping at each timer on the way.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = GetUtcNow() + by;
        while (TakeDue(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            _now = end > _now ? end : _now;
        }
    }

    /// <summary>
    /// Moves the clock step by step until something has come about. What the timers set off may run on other threads,
    /// so that the clock may be further than the moment that brought it about.
    /// </summary>
    public async Task AdvanceUntilAsync(Func<bool> condition, TimeSpan step)
    {
        var started = System.GetTimestamp();
        while (!condition())
        {
            Assert.True(
                System.GetElapsedTime(started) < TimeSpan.FromSeconds(10),
                $"Nothing came of moving the clock to {GetUtcNow():O}.");
            Advance(step);
            await Task.Yield();
        }
    }

    private ManualTimer? TakeDue(DateTimeOffset end)
    {
        lock (_lock)
        {
            if (_timers.Where(t => t.Due <= end).MinBy(t => t.Due) is not { } timer)
            {
                return null;
            }

            _now = timer.Due > _now ? timer.Due : _now;
            if (timer.Period > TimeSpan.Zero)
            {
                timer.Due += timer.Period;
            }
            else
            {
                _timers.Remove(timer);
            }

            timer.Begin();
            return timer;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;
        private TaskCompletionSource? _running;

        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Begin() => _running = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Fire()
        {
            callback(state);
            lock (time._lock)
            {
                _running?.SetResult();
                _running = null;
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (_disposed)
                {
                    return false;
                }

                if (dueTime >= TimeSpan.Zero)
                {
                    (Due, Period) = (time._now + dueTime, period);
                    time._timers.Add(this);
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                _disposed = true;
                time._timers.Remove(this);
            }
        }

        /// <summary>As with a real timer, a callback that runs has ended afterwards.</summary>
        public ValueTask DisposeAsync()
        {
            Dispose();
            lock (time._lock)
            {
                return _running is { } running ? new(running.Task) : ValueTask.CompletedTask;
            }
        }
    }
}
