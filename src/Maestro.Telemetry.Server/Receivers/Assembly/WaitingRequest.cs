namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>A request that is answered when all that it gave is committed.</summary>
internal sealed class WaitingRequest
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One for the request itself, until all its points are in rows.
    private int _open = 1;

    /// <summary>Ends when everything is committed.</summary>
    public Task Committed => _done.Task;

    /// <summary>One more row has to be committed.</summary>
    public void Await() => Interlocked.Increment(ref _open);

    /// <summary>One is.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _done.TrySetResult();
        }
    }
}
