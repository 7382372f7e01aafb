using System.Net;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// An answer to a write and what it means, for 1.x, 2.x and 3.x alike. The generations differ in what a partial write
/// stored; none matters here, because a point that is sent again is stored once.
/// </summary>
/// <param name="Message">The server's words.</param>
/// <param name="RetryAfter">How long it asks to be left alone; null when it does not say.</param>
internal readonly record struct InfluxAnswer(InfluxAction Action, string Message, TimeSpan? RetryAfter = null)
{
    public static InfluxAnswer Of(HttpStatusCode status, string body, TimeSpan? retryAfter = null)
    {
        var message = Shorten(body);
        return new InfluxAnswer(
            Classify(status, message), message.Length == 0 ? $"HTTP {(int)status}" : message, retryAfter);
    }

    private static InfluxAction Classify(HttpStatusCode status, string body) => status switch
    {
        HttpStatusCode.OK or HttpStatusCode.NoContent => InfluxAction.Done,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => InfluxAction.Hold,
        HttpStatusCode.NotFound => InfluxAction.Prepare,
        HttpStatusCode.RequestEntityTooLarge => InfluxAction.Halve,
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => InfluxAction.Throttle,
        HttpStatusCode.UnprocessableEntity when Has(body, "would exceed") => InfluxAction.Hold,
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => InfluxAction.Bisect,

        // A 5xx that no waiting mends: the policy has to be made.
        HttpStatusCode.InternalServerError when Has(body, "retention policy not found") => InfluxAction.Prepare,
        >= HttpStatusCode.InternalServerError => InfluxAction.Retry,
        _ => InfluxAction.Hold,
    };

    private static bool Has(string body, string words) => body.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static string Shorten(string body) => body.Length <= 400 ? body.Trim() : body[..400].Trim() + "…";
}
