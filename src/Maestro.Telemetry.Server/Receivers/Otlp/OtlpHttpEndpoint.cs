using System.Net.Mime;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Maestro.Telemetry.Protocol.GoogleRpc;
using Maestro.Telemetry.Server.Receivers.Intake;
using Maestro.Telemetry.Server.Receivers.Skyline;
using Microsoft.Net.Http.Headers;

namespace Maestro.Telemetry.Server.Receivers.Otlp;

/// <summary>OTLP over HTTP: Protobuf or JSON, plain or gzip.</summary>
internal sealed class OtlpHttpEndpoint(ReceiverRequests requests)
{
    private const string Protobuf = "application/x-protobuf";
    private const string Counted = "otlp_http";

    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithTypeRegistry(
        TypeRegistry.FromMessages(RetryInfo.Descriptor)));

    public async Task HandleAsync(HttpContext context)
    {
        var type = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var parsed)
            ? parsed.MediaType.Value ?? ""
            : "";
        var isJson = type.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase);
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        var isGzip = encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        ReceiverAnswer answer;
        if (!isJson && !type.Equals(Protobuf, StringComparison.OrdinalIgnoreCase))
        {
            answer = new ReceiverAnswer(
                ReceiverVerdict.Unsupported, $"Content-Type must be {Protobuf} or {MediaTypeNames.Application.Json}.");
        }
        else if (!isGzip && encoding is not ("" or "identity"))
        {
            answer = new ReceiverAnswer(ReceiverVerdict.Unsupported, "Content-Encoding must be gzip, or none.");
        }
        else
        {
            answer = await requests.ReceiveAsync(
                context, Counted, isGzip, (body, intake) => Decode(body, intake, isJson));
        }

        await WriteAsync(context, answer, isJson);
    }

    private static void Decode(RequestBody body, RequestIntake intake, bool isJson)
    {
        if (isJson)
        {
            new OtlpJsonReader<KnownSeries>(intake).Read(body.Bytes);
        }
        else
        {
            new OtlpReader<KnownSeries>(intake).Read(body.Bytes.Span);
        }
    }

    private static async Task WriteAsync(HttpContext context, ReceiverAnswer answer, bool isJson)
    {
        IMessage message = answer.Verdict == ReceiverVerdict.Committed
            ? OtlpErrors.Response(answer)
            : OtlpErrors.Describe(answer);
        ReceiverRequests.WriteHead(context.Response, answer, StatusCodes.Status200OK);
        context.Response.ContentType = isJson ? MediaTypeNames.Application.Json : Protobuf;
        var bytes = isJson ? Encoding.UTF8.GetBytes(Json.Format(message)) : message.ToByteArray();
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
