namespace Maestro.Telemetry.IntegrationTests.Storage;

/// <summary>A clock whose one timer fires when the test says so.</summary>
internal sealed class TimerByHand : TimeProvider
{
    private Action? _fire;

    public void Fire() => _fire?.Invoke();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _fire = () => callback(state);
        return new Timer();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
