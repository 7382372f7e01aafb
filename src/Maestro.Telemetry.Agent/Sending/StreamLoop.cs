using Maestro.Telemetry.Protocol.V1;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Agent;

/// <summary>Opens one stream after another, and waits in between.</summary>
internal sealed partial class StreamLoop(
    ITelemetryTransport transport, IReadOnlyList<Column> columns, SenderParts parts)
{
    private readonly ILogger _logger = parts.Logger;
    private long _streams;

    /// <summary>Streams opened after the first one.</summary>
    public long Reconnects => Math.Max(0, Interlocked.Read(ref _streams) - 1);

    /// <summary>
    /// Opens streams until the first token is cancelled and the outbox empty, or the second is cancelled.
    /// </summary>
    public async Task RunAsync(Func<IdentityTerm> present, CancellationToken stopping, CancellationToken abort)
    {
        while (!abort.IsCancellationRequested && !(stopping.IsCancellationRequested && parts.Outbox.IsEmpty))
        {
            var term = present();

            // A stop shortens the wait that it falls into, so that there is one more attempt, but none after that.
            var wakes = stopping.IsCancellationRequested ? CancellationToken.None : stopping;
            var wait = await StreamOnceAsync(term, abort);
            parts.Outbox.Rewind();
            if (wait > TimeSpan.Zero)
            {
                await DelayAsync(wait, abort, term.Over, wakes);
            }
        }
    }

    /// <summary>Runs one stream.</summary>
    /// <returns>How long to wait before the next one.</returns>
    private async Task<TimeSpan> StreamOnceAsync(IdentityTerm term, CancellationToken abort)
    {
        Interlocked.Increment(ref _streams);
        using var scope = CancellationTokenSource.CreateLinkedTokenSource(abort);
        var wait = TimeSpan.Zero;
        try
        {
            await using var stream = transport.Open(scope.Token);
            if (await new StreamSession(stream, term, parts, scope).RunAsync(columns) is StreamEnd.ByCollector)
            {
                wait = parts.Backoff.Next(rejected: false);
                LogEnded(term.Identity.Serial, wait.TotalSeconds);
            }
        }
        catch (Exception e) when (
            e is StreamFailedException or OperationCanceledException && abort.IsCancellationRequested)
        {
            // Nothing to add: the line of the stop says what is left.
            return TimeSpan.Zero;
        }
        catch (StreamFailedException e)
        {
            wait = parts.Backoff.Next(e.Rejected);
            if (e.Superseded)
            {
                LogSuperseded(term.Identity.AgentId, term.Identity.Serial, e.Message, wait.TotalSeconds);
            }
            else if (e.Rejected)
            {
                LogRejected(term.Identity.Serial, e.Status, e.Message, wait.TotalSeconds);
            }
            else
            {
                LogBroken(term.Identity.Serial, e.Status, e.Message, wait.TotalSeconds);
            }
        }

        return wait;
    }

    private async Task DelayAsync(TimeSpan wait, params CancellationToken[] wakes)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(wakes);
        try
        {
            await Task.Delay(wait, parts.Time, awake.Token);
        }
        catch (OperationCanceledException) when (awake.IsCancellationRequested)
        {
            // A stop, or a new identity that may be taken where the old one was not.
            return;
        }
    }

    [LoggerMessage(5101, LogLevel.Warning,
        "The stream of {Serial} broke ({Status}: {Reason}); opening it again in {Seconds:0.0} s")]
    private partial void LogBroken(string serial, string status, string reason, double seconds);

    [LoggerMessage(5102, LogLevel.Error,
        "The collector does not take the stream of {Serial} ({Status}: {Reason}); asking again in {Seconds:0.0} s")]
    private partial void LogRejected(string serial, string status, string reason, double seconds);

    [LoggerMessage(5108, LogLevel.Warning,
        "Another agent with the id {Agent} has taken over the stream of {Serial} ({Reason}); stop one of the two, or "
            + "give each the serial of its own SGM. Asking again in {Seconds:0.0} s")]
    private partial void LogSuperseded(string agent, string serial, string reason, double seconds);

    [LoggerMessage(5103, LogLevel.Information,
        "The collector ended the stream of {Serial}; opening it again in {Seconds:0.0} s")]
    private partial void LogEnded(string serial, double seconds);
}
