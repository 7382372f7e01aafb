using System.Text;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Receivers.Intake;
using Microsoft.Net.Http.Headers;

namespace Maestro.Telemetry.Server.Receivers.RemoteWrite;

/// <summary>Prometheus remote write 1.0 (https://prometheus.io/docs/specs/prw/remote_write_spec/).</summary>
internal sealed class RemoteWriteEndpoint(ReceiverRequests requests, IOptions<ReceiverOptions> options)
{
    private const string Protobuf = "application/x-protobuf";
    private const string Message = "prometheus.WriteRequest";
    private const string Counted = "remote_write";

    public async Task HandleAsync(HttpContext context)
    {
        var answer = Problem(context.Request) is { } problem
            ? new ReceiverAnswer(ReceiverVerdict.Unsupported, problem)
            : await requests.ReceiveAsync(context, Counted, isGzip: false, Decode);
        ReceiverRequests.WriteHead(context.Response, answer, StatusCodes.Status204NoContent);

        // The header that version 2 of the protocol has for it; senders of version 1 ignore it, people do not.
        context.Response.Headers["X-Prometheus-Remote-Write-Samples-Written"] =
            FormattableString.Invariant($"{answer.Taken}");
        if (answer.Verdict != ReceiverVerdict.Committed)
        {
            // A sender logs the first line.
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.Message), context.RequestAborted);
        }
    }

    private void Decode(RequestBody body, RequestIntake intake)
    {
        var limit = options.Value.MaxRequestBytes;
        WriteRequestReader.Read(SnappyBlock.Decode(body.Bytes.Span, limit), intake);
    }

    private static string? Problem(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(Protobuf, StringComparison.OrdinalIgnoreCase))
        {
            return $"Content-Type must be {Protobuf}.";
        }

        var proto = type.Parameters.FirstOrDefault(p => p.Name.Equals("proto", StringComparison.OrdinalIgnoreCase));
        if (proto is not null && proto.Value != Message)
        {
            return $"Only {Message} of remote write 1.0 is read; set protobuf_message to it.";
        }

        return request.Headers.ContentEncoding.ToString().Equals("snappy", StringComparison.OrdinalIgnoreCase)
            ? null
            : "Content-Encoding must be snappy.";
    }
}
