using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Ends a call from outside: when its deadline passes or the server stops.</summary>
internal sealed class CallLifetime(ServerResponse response, TimeProvider time, CancellationToken aborted)
    : IAsyncDisposable
{
    /// <summary>What a streaming handler has to say its last words when the server stops.</summary>
    public static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private CancellationTokenSource? _io;
    private CancellationTokenSource? _handler;
    private CancellationTokenSource? _done;
    private CancellationTokenRegistration _stopping;
    private ITimer? _deadline;
    private Task _ending = Task.CompletedTask;
    private bool _over;

    /// <summary>Tells the handler to come to an end; it can still write.</summary>
    public CancellationToken HandlerToken { get; private set; } = aborted;

    /// <summary>Ends all reading and writing.</summary>
    public CancellationToken IoToken { get; private set; } = aborted;

    /// <summary>Why the call was ended from outside; null when it was not.</summary>
    public Status? Verdict { get; private set; }

    public bool DeadlineExceeded => Verdict is { StatusCode: StatusCode.DeadlineExceeded };

    /// <param name="timeout">What is left until the deadline; null for no deadline.</param>
    /// <param name="stopping">Fires when the server stops; none for calls that are let finish.</param>
    public void Start(TimeSpan? timeout, CancellationToken stopping)
    {
        if (timeout is null && !stopping.CanBeCanceled)
        {
            return;
        }

        _io = CancellationTokenSource.CreateLinkedTokenSource(IoToken);
        _handler = CancellationTokenSource.CreateLinkedTokenSource(_io.Token);
        IoToken = _io.Token;
        HandlerToken = _handler.Token;
        if (timeout <= GrpcTimeout.Longest)
        {
            _deadline = time.CreateTimer(
                static state => ((CallLifetime)state!).OnDeadline(), this, timeout.Value, Timeout.InfiniteTimeSpan);
        }

        _stopping = stopping.UnsafeRegister(static state => ((CallLifetime)state!).OnStopping(), this);
    }

    public async ValueTask DisposeAsync()
    {
        if (_io is null)
        {
            return;
        }

        lock (_gate)
        {
            _over = true;
            _done?.Cancel();
        }

        _stopping.Unregister();
        _deadline?.Dispose();
        await _ending;
        _handler!.Dispose();
        _io.Dispose();
        _done?.Dispose();
    }

    private void OnDeadline()
    {
        lock (_gate)
        {
            if (!_over)
            {
                Verdict = new Status(StatusCode.DeadlineExceeded, "Deadline Exceeded");
                _ending = Task.WhenAll(_ending, EndAsync(Verdict.Value));
            }
        }
    }

    private void OnStopping()
    {
        lock (_gate)
        {
            if (!_over && Verdict is null)
            {
                Verdict = new Status(StatusCode.Unavailable, "The server is stopping; connect again.");
                _done = new CancellationTokenSource();
                _ending = StopAsync(Verdict.Value, _done.Token);
            }
        }
    }

    private async Task StopAsync(Status status, CancellationToken done)
    {
        await _handler!.CancelAsync();
        await Task.Delay(StopGrace, time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!done.IsCancellationRequested)
        {
            await EndAsync(status);
        }
    }

    private async Task EndAsync(Status status)
    {
        await _handler!.CancelAsync();
        await response.EndAsync(status);
        await _io!.CancelAsync();
    }
}
