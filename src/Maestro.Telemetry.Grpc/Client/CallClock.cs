using System.Diagnostics.CodeAnalysis;
using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>Cuts a call short: by its deadline, its caller's token, its disposal, or its channel's.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer; its token is asked for after the end.")]
internal sealed class CallClock(Action<Status> onCut)
{
    private readonly CancellationTokenSource _cut = new();
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private CancellationTokenRegistration _caller;
    private CancellationTokenRegistration _channel;
    private bool _stopped;

    public CancellationToken Token => _cut.Token;

    /// <summary>How the call ends because of this side; null as long as it does not.</summary>
    public Status? Verdict { get; private set; }

    /// <summary>Begins to watch; what is over already cuts the call at once.</summary>
    public void Start(TimeProvider time, DateTime? deadline, CancellationToken caller, CancellationToken channel)
    {
        if (deadline is { } end && end != DateTime.MaxValue)
        {
            if (end.Kind != DateTimeKind.Utc && end != DateTime.MinValue)
            {
                throw new InvalidOperationException("A deadline must be in UTC.");
            }

            var left = end - time.GetUtcNow().UtcDateTime;
            if (left <= TimeSpan.Zero)
            {
                OnDeadline();
            }
            else if (left <= GrpcTimeout.Longest)
            {
                _timer = time.CreateTimer(
                    static state => ((CallClock)state!).OnDeadline(), this, left, Timeout.InfiniteTimeSpan);
            }
        }

        _caller = caller.UnsafeRegister(static state => ((CallClock)state!).Cancel(), this);
        _channel = channel.UnsafeRegister(static state => ((CallClock)state!).Cancel(), this);
    }

    public void Cancel() => Cut(new Status(StatusCode.Cancelled, "Call canceled by the client."));

    public void ThrowIfCut()
    {
        if (Verdict is { } verdict)
        {
            throw new RpcException(verdict);
        }
    }

    /// <summary>The call has ended.</summary>
    /// <param name="cut">Whether what is still under way shall be broken off.</param>
    public void Stop(bool cut)
    {
        lock (_gate)
        {
            _stopped = true;
        }

        _timer?.Dispose();
        _caller.Unregister();
        _channel.Unregister();
        if (cut)
        {
            _cut.Cancel();
        }
    }

    private void OnDeadline() => Cut(new Status(StatusCode.DeadlineExceeded, "Deadline Exceeded"));

    private void Cut(Status verdict)
    {
        lock (_gate)
        {
            if (_stopped || Verdict is not null)
            {
                return;
            }

            Verdict = verdict;
        }

        onCut(verdict);
    }
}
