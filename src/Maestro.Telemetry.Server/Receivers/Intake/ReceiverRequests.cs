using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Configuration;
using Microsoft.AspNetCore.Http.Features;

namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>Reads requests over HTTP, and hands on what they hold.</summary>
internal sealed class ReceiverRequests(
    PointReceiver receiver, ByteBudget budget, ReceiverCounters counters, IOptions<ReceiverOptions> options)
{
    /// <param name="context">The request.</param>
    /// <param name="protocol">For the counters.</param>
    /// <param name="isGzip">Whether its body is compressed so.</param>
    /// <param name="decode">Tells the points of a body.</param>
    public async Task<ReceiverAnswer> ReceiveAsync(
        HttpContext context, string protocol, bool isGzip, Action<RequestBody, RequestIntake> decode)
    {
        // The limit is ours, after decompression.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        var body = new RequestBody(budget);
        try
        {
            return await body.TryReadAsync(
                    context.Request.Body, isGzip, options.Value.MaxRequestBytes, context.RequestAborted)
                ? await receiver.ReceiveAsync(protocol, context.Caller, Decode, context.RequestAborted)
                : Refuse(ReceiverVerdict.Busy, "Too many bytes are being received now; send again later.");
        }
        catch (MalformedRequestException e)
        {
            return Refuse(ReceiverVerdict.Malformed, e.Message);
        }
        catch (RequestTooLargeException e)
        {
            return Refuse(ReceiverVerdict.TooLarge, e.Message);
        }
        finally
        {
            body.Dispose();
        }

        // Once it is decoded, nobody needs the body; the answer may take a while.
        void Decode(RequestIntake intake)
        {
            using (body)
            {
                decode(body, intake);
            }
        }

        ReceiverAnswer Refuse(ReceiverVerdict verdict, string message)
        {
            counters.CountRequest(protocol, verdict);
            return new ReceiverAnswer(verdict, message);
        }
    }

    /// <summary>Sets the status of an answer, and when to come back.</summary>
    public static void WriteHead(HttpResponse response, ReceiverAnswer answer, int success)
    {
        response.StatusCode = answer.Verdict switch
        {
            ReceiverVerdict.Committed => success,
            ReceiverVerdict.Busy => StatusCodes.Status429TooManyRequests,
            ReceiverVerdict.Unavailable => StatusCodes.Status503ServiceUnavailable,
            ReceiverVerdict.TooLarge => StatusCodes.Status413PayloadTooLarge,
            ReceiverVerdict.Unsupported => StatusCodes.Status415UnsupportedMediaType,
            _ => StatusCodes.Status400BadRequest,
        };
        if (answer.RetryAfter > TimeSpan.Zero)
        {
            response.Headers.RetryAfter = FormattableString.Invariant($"{answer.RetryAfter.TotalSeconds:F0}");
        }
    }
}
