namespace Maestro.Telemetry.Server.Ingest;

/// <summary>Waits that grow from 100 ms to 5 s while a store does not answer.</summary>
internal sealed class Retry
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Last = TimeSpan.FromSeconds(5);

    private TimeSpan _next = First;

    public void Reset() => _next = First;

    /// <summary>Waits, in real time; a cancellation ends the wait without an exception.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var wait = _next;
        _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, Last.Ticks));
        return Task.Delay(wait, TimeProvider.System, cancellationToken)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
