using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Receivers.Assembly;
using Maestro.Telemetry.Server.Receivers.Clocks;
using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>What OTLP and remote write have in common: decode, check, put into rows, wait for the commit.</summary>
internal sealed class PointReceiver(
    SeriesCatalogue catalogue,
    MemberLocator locator,
    RowAssembler assembler,
    SenderClocks clocks,
    ReceiverCounters counters,
    IOptions<IngestOptions> ingest,
    IOptions<ReceiverOptions> options,
    TimeProvider time)
{
    private int _waiting;

    /// <param name="protocol">For the counters.</param>
    /// <param name="caller">Who sends.</param>
    /// <param name="decode">Tells the points of the request.</param>
    /// <param name="cancellationToken">Ends when nobody waits for the answer any more; what was taken is still written.</param>
    public async Task<ReceiverAnswer> ReceiveAsync(
        string protocol, Caller caller, Action<RequestIntake> decode, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(protocol, caller, decode, cancellationToken);
        counters.CountRequest(protocol, answer.Verdict);
        return answer;
    }

    private async Task<ReceiverAnswer> AnswerAsync(
        string protocol, Caller caller, Action<RequestIntake> decode, CancellationToken cancellationToken)
    {
        if (!locator.IsReady)
        {
            return new(ReceiverVerdict.Unavailable, "The fabric has not been read yet; come back in a moment.");
        }

        if (assembler.IsFull)
        {
            return new(ReceiverVerdict.Busy, "The collector has no room for more samples now; send again later.");
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) > options.Value.MaxWaitingRequests)
            {
                return new(ReceiverVerdict.Busy, FormattableString.Invariant(
                    $"{options.Value.MaxWaitingRequests} requests wait, as many as Maestro:Receivers:MaxWaitingRequests allows; send again later."));
            }

            var intake = new RequestIntake(
                catalogue, locator, caller.Serials, ingest.Value, options.Value, time.GetUtcNow());
            decode(intake);
            foreach (var (serial, newestMs) in intake.NewestMs)
            {
                clocks.Observe(serial, protocol, newestMs, isSendTime: false);
            }

            var committed = assembler.Submit(intake.Contributions, intake.Tally);
            counters.Count(protocol, intake.Tally);

            // Real time, not the fabric's: what is bounded is how long a sender waits.
            await committed.WaitAsync(options.Value.RequestTimeout, TimeProvider.System, cancellationToken);
            return new(
                ReceiverVerdict.Committed, intake.Tally.Describe(), intake.Tally.Taken, intake.Tally.Refused);
        }
        catch (MalformedRequestException e)
        {
            return new(ReceiverVerdict.Malformed, e.Message);
        }
        catch (RequestTooLargeException e)
        {
            return new(ReceiverVerdict.TooLarge, e.Message);
        }
        catch (TimeoutException)
        {
            return new(ReceiverVerdict.Unavailable, FormattableString.Invariant(
                $"The store did not commit within {options.Value.RequestTimeout.TotalSeconds:F0} s; send the same again later."));
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
