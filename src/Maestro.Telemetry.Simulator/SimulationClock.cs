namespace Maestro.Telemetry.Simulator;

/// <summary>
/// A clock that starts at a given moment and runs a fixed number of times as fast as the real one. Timers made from it
/// wait in simulated time, so <c>Task.Delay(delay, clock, token)</c> and <c>PeriodicTimer</c> follow it.
/// </summary>
public sealed class SimulationClock : TimeProvider
{
    // What a real timer takes at most, in milliseconds.
    private const double LongestTimerMilliseconds = uint.MaxValue - 1;

    private readonly TimeProvider _real;
    private readonly DateTimeOffset _start;
    private readonly long _realStart;

    /// <param name="start">The simulated time at which the clock starts.</param>
    /// <param name="speed">Simulated seconds per real second, above 0 and at most 100,000.</param>
    /// <param name="real">The clock to follow; the system's when null.</param>
    public SimulationClock(DateTimeOffset start, double speed, TimeProvider? real = null)
    {
        if (!(speed is > 0 and <= 100_000))
        {
            throw new ArgumentOutOfRangeException(nameof(speed), speed, "The speed must be in (0, 100000].");
        }

        _real = real ?? System;
        _start = start.ToUniversalTime();
        _realStart = _real.GetTimestamp();
        Speed = speed;
    }

    /// <summary>Simulated seconds per real second.</summary>
    public double Speed { get; }

    /// <summary>The simulated time at which the clock started.</summary>
    public DateTimeOffset Start => _start;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => _real.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _start + GetElapsedTime(0, GetTimestamp());

    /// <summary>Ticks since the start, at <see cref="TimestampFrequency"/> ticks per simulated second.</summary>
    public override long GetTimestamp() => (long)((_real.GetTimestamp() - _realStart) * Speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(this, _real.CreateTimer(callback, state, ToReal(dueTime), ToReal(period)));

    /// <summary>How long the real clock takes for a simulated time.</summary>
    public TimeSpan ToReal(TimeSpan simulated)
    {
        if (simulated == Timeout.InfiniteTimeSpan || simulated <= TimeSpan.Zero)
        {
            return simulated;
        }

        // Timers count whole milliseconds and cut the rest off: rounding up keeps a short wait from being none.
        var milliseconds = Math.Ceiling(simulated.TotalMilliseconds / Speed);
        return TimeSpan.FromMilliseconds(Math.Min(milliseconds, LongestTimerMilliseconds));
    }

    private sealed class ScaledTimer(SimulationClock clock, ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) =>
            inner.Change(clock.ToReal(dueTime), clock.ToReal(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
