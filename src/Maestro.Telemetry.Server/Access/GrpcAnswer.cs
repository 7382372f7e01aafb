using System.Globalization;
using System.Text;

namespace Maestro.Telemetry.Server.Access;

/// <summary>A refusal over gRPC: a response that is all headers, as the protocol wants it.</summary>
internal static class GrpcAnswer
{
    private const string ContentType = "application/grpc";

    public static bool IsCall(HttpRequest request) =>
        request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) == true;

    public static async Task WriteAsync(HttpContext context, AccessRefusal refusal)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = ContentType;
        response.Headers["grpc-status"] = ((int)refusal.GrpcCode).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Encode(refusal.Sentence);
        if (refusal.RetryAfter > 0)
        {
            response.Headers.RetryAfter = refusal.RetryAfter.ToString(CultureInfo.InvariantCulture);
        }

        // Ends the call at once, however much the caller still wants to send.
        await response.CompleteAsync();
    }

    private static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                encoded.Append((char)b);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return encoded.ToString();
    }
}
