using System.Globalization;

namespace Maestro.Telemetry.Server.Access;

/// <summary>A refusal over HTTP.</summary>
/// <param name="Challenge">Whether the answer says how to log in.</param>
internal sealed record ProblemAnswer(AccessRefusal Refusal, bool Challenge) : IResult
{
    private const string Realm = "realm=\"Maestro.Telemetry\"";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.CacheControl = "no-store";
        if (Refusal.RetryAfter > 0)
        {
            headers.RetryAfter = Refusal.RetryAfter.ToString(CultureInfo.InvariantCulture);
        }

        if (Challenge && Refusal.HttpCode == StatusCodes.Status401Unauthorized)
        {
            // A browser would answer Basic with a window of its own, over the page's form, when a script has asked.
            headers.WWWAuthenticate = IsScript(httpContext.Request)
                ? $"Bearer {Realm}"
                : new string[] { $"Bearer {Realm}", $"Basic {Realm}, charset=\"UTF-8\"" };
        }

        return Results.Problem(Refusal.Sentence, statusCode: Refusal.HttpCode).ExecuteAsync(httpContext);
    }

    private static bool IsScript(HttpRequest request) =>
        request.Headers["Sec-Fetch-Mode"] is [{ } mode] && mode != "navigate";
}
