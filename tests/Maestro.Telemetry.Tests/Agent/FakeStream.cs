using System.Threading.Channels;
using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Tests.Agents;

/// <summary>One stream as the collector sees it. The test reads what was written and says what is answered.</summary>
internal sealed class FakeStream(CancellationToken cancellationToken) : ITelemetryStream
{
    private readonly Channel<StreamRequest> _written = Channel.CreateUnbounded<StreamRequest>();
    private readonly Channel<StreamResponse> _answers = Channel.CreateUnbounded<StreamResponse>();
    private readonly List<ulong> _unacknowledged = [];
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile StreamFailedException? _failure;

    /// <summary>The most batches that were unacknowledged at once.</summary>
    public int MaxInFlight { get; private set; }

    public Hello? Hello { get; private set; }

    public Task Completed => _written.Reader.Completion;

    public Task WriteAsync(StreamRequest request, CancellationToken token)
    {
        cancellationToken.ThrowIfCancellationRequested();
        token.ThrowIfCancellationRequested();
        if (_failure is { } failure)
        {
            return Task.FromException(failure);
        }

        if (request.Batch is { } batch)
        {
            lock (_unacknowledged)
            {
                _unacknowledged.Add(batch.Sequence);
                MaxInFlight = Math.Max(MaxInFlight, _unacknowledged.Count);
            }
        }

        // A copy: what was said once is not changed by what the sender does later.
        return _written.Writer.TryWrite(request.Clone())
            ? Task.CompletedTask
            : Task.FromException(new InvalidOperationException("Written after the end."));
    }

    public Task CompleteAsync()
    {
        _written.Writer.TryComplete();
        return Task.CompletedTask;
    }

    public async Task<StreamResponse?> ReadAsync(CancellationToken token)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, cancellationToken);
        try
        {
            return await _answers.Reader.WaitToReadAsync(both.Token) && _answers.Reader.TryRead(out var answer)
                ? answer
                : null;
        }
        catch (StreamFailedException) when (_failure is { } failure)
        {
            throw new StreamFailedException(failure.Status, failure.Rejected, failure.Message);
        }
    }

    /// <summary>Done when the sender has let go of the stream, and so has seen how it ended.</summary>
    public Task Disposed => _disposed.Task;

    public ValueTask DisposeAsync()
    {
        _disposed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads the Hello and accepts it.</summary>
    public async Task<FakeStream> WelcomeAsync(uint window = 0, uint maxRows = 0)
    {
        Hello = (await NextAsync()).Hello;
        Answer(new() { Welcome = new() { FlowHint = new() { WindowBatches = window, MaxBatchRows = maxRows } } });
        return this;
    }

    /// <summary>The next batch, without the time of its sending: a batch that is sent again is the same but for that.</summary>
    public async Task<Batch> NextBatchAsync() => new((await NextAsync()).Batch) { SentUnixMs = 0 };

    public Task<StreamRequest> NextAsync() =>
        _written.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    public void Acknowledge(ulong upTo, params Refusal[] refusals)
    {
        lock (_unacknowledged)
        {
            _unacknowledged.RemoveAll(s => s <= upTo);
        }

        var acknowledgement = new Acknowledgement { UpToSequence = upTo };
        acknowledgement.Refusals.AddRange(refusals);
        Answer(new() { Acknowledgement = acknowledgement });
    }

    public void Answer(StreamResponse answer) => _answers.Writer.TryWrite(answer);

    /// <summary>Ends the stream with an OK status.</summary>
    public void End() => _answers.Writer.TryComplete();

    /// <summary>Ends the stream with a failure, for reads and writes.</summary>
    public void Break(string status = "Unavailable", bool rejected = false)
    {
        _failure = new(status, rejected, "said the test");
        _answers.Writer.TryComplete(_failure);
    }
}
