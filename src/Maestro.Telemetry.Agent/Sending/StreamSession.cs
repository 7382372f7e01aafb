using Maestro.Telemetry.Protocol.V1;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Agent;

/// <summary>The life of one stream: Hello, Welcome, then batches out and acknowledgements in.</summary>
internal sealed partial class StreamSession(
    ITelemetryStream stream, IdentityTerm term, SenderParts parts, CancellationTokenSource scope)
{
    // A write that fails says little; the status comes on the reading side, if it comes.
    private static readonly TimeSpan StatusWait = TimeSpan.FromSeconds(1);

    private readonly Outbox _outbox = parts.Outbox;
    private readonly TimeProvider _time = parts.Time;
    private readonly ILogger _logger = parts.Logger;
    private long _progress = parts.Time.GetTimestamp();
    private bool _stalled;
    private bool _timeIsUp;

    /// <summary>Runs until the stream has ended.</summary>
    /// <exception cref="StreamFailedException">It broke, or was refused.</exception>
    public async Task<StreamEnd> RunAsync(IEnumerable<Column> columns)
    {
        await OpenAsync(columns);
        await using var watch = StartWatch();
        await using var limit = _time.CreateTimer(
            _ => EndNow(ref _timeIsUp), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var over = term.Over.UnsafeRegister(_ => LimitTo(parts.Options.StopGrace), null);

        var reading = OutcomeAsync(ReadAsync());
        var writing = OutcomeAsync(WriteAsync());
        if (await Task.WhenAny(reading, writing) == writing)
        {
            LimitTo(await writing is null ? parts.Options.StopGrace : StatusWait);
            await reading;
        }

        await scope.CancelAsync();
        return Judge(await reading, await writing);

        void LimitTo(TimeSpan due) => limit.Change(due, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Awaits what may only end in ways that are known here, and says which.</summary>
    private static async Task<Exception?> OutcomeAsync(Task task)
    {
        try
        {
            await task;
            return null;
        }
        catch (Exception e) when (e is StreamFailedException or OperationCanceledException)
        {
            return e;
        }
    }

    /// <summary>Makes one end of how reading and writing ended.</summary>
    private StreamEnd Judge(Exception? read, Exception? write)
    {
        if (_stalled)
        {
            throw new StreamFailedException("DeadlineExceeded", rejected: false,
                $"The collector has acknowledged nothing for {parts.Options.AcknowledgementTimeout.TotalSeconds:0} s.");
        }

        if (write is null || (_timeIsUp && term.Over.IsCancellationRequested))
        {
            return StreamEnd.ByUs;
        }

        // The status is what the reading side says, unless that was cut off for saying nothing.
        var failure = _timeIsUp ? write : read as StreamFailedException ?? write as StreamFailedException ?? read;
        return failure is null ? StreamEnd.ByCollector : throw failure;
    }

    private async Task OpenAsync(IEnumerable<Column> columns)
    {
        using var timeout = new CancellationTokenSource(parts.Options.OpenTimeout, _time);
        using var opening = CancellationTokenSource.CreateLinkedTokenSource(scope.Token, timeout.Token);
        try
        {
            await stream.WriteAsync(new() { Hello = term.Identity.ToHello(columns) }, opening.Token);
            var answer = await stream.ReadAsync(opening.Token);
            if (answer?.Welcome is not { } welcome)
            {
                throw new StreamFailedException("Unknown", rejected: answer is not null,
                    $"The collector answered the Hello with {answer?.PayloadCase.ToString() ?? "the end of the stream"}"
                        + " instead of a Welcome. Check that the address is that of a collector.");
            }

            _outbox.Apply(welcome.FlowHint);
            if (welcome.UnknownColumns.Count > 0)
            {
                LogUnknownColumns(term.Identity.Serial, string.Join(", ", welcome.UnknownColumns));
            }
        }
        catch (Exception e) when (e is StreamFailedException or OperationCanceledException
            && timeout.IsCancellationRequested && !scope.IsCancellationRequested)
        {
            throw new StreamFailedException("DeadlineExceeded", rejected: false,
                $"The collector did not answer the Hello within {parts.Options.OpenTimeout.TotalSeconds:0.#} s.", e);
        }
    }

    private async Task ReadAsync()
    {
        while (await stream.ReadAsync(scope.Token) is { } answer)
        {
            Volatile.Write(ref _progress, _time.GetTimestamp());
            switch (answer.PayloadCase)
            {
                case StreamResponse.PayloadOneofCase.Acknowledgement:
                    _outbox.Acknowledge(answer.Acknowledgement);
                    parts.Backoff.Reset();
                    foreach (var refusal in answer.Acknowledgement.Refusals)
                    {
                        parts.Refusals.Add(refusal);
                    }

                    break;
                case StreamResponse.PayloadOneofCase.FlowHint:
                    _outbox.Apply(answer.FlowHint);
                    break;
                default:
                    LogUnexpected(answer.PayloadCase);
                    break;
            }

            parts.Wake.Set();
        }
    }

    private async Task WriteAsync()
    {
        while (!IsDone())
        {
            if (!term.Over.IsCancellationRequested && _outbox.TryTake(out var request))
            {
                if (_outbox.BatchesInFlight == 1)
                {
                    Volatile.Write(ref _progress, _time.GetTimestamp());
                }

                request.Batch.SentUnixMs = parts.SampleClock.GetUtcNow().ToUnixTimeMilliseconds();
                await stream.WriteAsync(request, scope.Token);
            }
            else
            {
                await parts.Wake.WaitAsync(scope.Token);
            }
        }

        await stream.CompleteAsync();
    }

    // A change of identity waits for what is in flight alone; a stop waits for everything.
    private bool IsDone() => term.Over.IsCancellationRequested
        ? _outbox.BatchesInFlight == 0
        : _outbox.IsClosed && _outbox.IsEmpty;

    // Timers are disposed before the scope is, and their disposal waits for a callback that runs.
    private void EndNow(ref bool why)
    {
        Volatile.Write(ref why, true);
        scope.Cancel();
    }

    private ITimer StartWatch()
    {
        var timeout = parts.Options.AcknowledgementTimeout;
        return _time.CreateTimer(_ => Watch(), null, timeout / 4, timeout / 4);

        void Watch()
        {
            if (_outbox.BatchesInFlight > 0 && _time.GetElapsedTime(Volatile.Read(ref _progress)) >= timeout)
            {
                EndNow(ref _stalled);
            }
        }
    }

    [LoggerMessage(5104, LogLevel.Warning,
        "The collector does not know these columns of {Serial} and ignores their values: {Columns}")]
    private partial void LogUnknownColumns(string serial, string columns);

    [LoggerMessage(5105, LogLevel.Warning, "The collector sent a {Payload}, which this release does not understand")]
    private partial void LogUnexpected(StreamResponse.PayloadOneofCase payload);
}
