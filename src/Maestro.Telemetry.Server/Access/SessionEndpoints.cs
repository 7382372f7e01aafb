using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;

namespace Maestro.Telemetry.Server.Access;

/// <summary>Logging in and out of the console with a browser.</summary>
internal static class SessionEndpoints
{
    private const string Route = "/api/v1/session";
    private const int MaxBody = 8_192;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<CallerRole>() },
    };

    extension(IEndpointRouteBuilder endpoints)
    {
        public void MapSessions()
        {
            endpoints.MapGet(Route, (HttpContext context, AccessPolicy policy) => Describe(context, policy)).ForAnybody();
            endpoints.MapPost(Route, OpenAsync).ForAnybody();
            endpoints.MapDelete(Route, Close).ForAnybody();
        }
    }

    private static IResult Describe(HttpContext context, AccessPolicy policy)
    {
        context.Response.Headers.CacheControl = "no-store";
        var caller = context.Caller;
        return Results.Json(
            new SessionView(caller.Roles.Count > 0, policy.Required, caller.Name, [.. caller.Roles]), Json);
    }

    private static async Task<IResult> OpenAsync(
        HttpContext context,
        Authenticator authenticator,
        SessionBook sessions,
        AccessAudit audit,
        AccessPolicy policy,
        IOptions<AccessOptions> options)
    {
        if (await ReadAsync(context) is not { Secret.Length: > 0 } request)
        {
            return Results.Problem(
                "The body must be JSON with a secret, a token or a password, and with a name beside a password.",
                statusCode: StatusCodes.Status400BadRequest);
        }

        var name = string.IsNullOrEmpty(request.Name) ? null : request.Name;
        var outcome = await authenticator.CheckAsync(new Credentials(name, request.Secret), context);
        if (outcome.Identity is not { } identity)
        {
            var refusal = audit.Refuse(context, outcome);
            return new ProblemAnswer(refusal, Challenge: false);
        }

        SessionCookie.Set(context, sessions.Open(identity), options.Value.SessionLifetime);
        audit.SessionOpened(context, identity.Caller);
        context.Caller = identity.Caller;
        return Describe(context, policy);
    }

    private static IResult Close(HttpContext context, SessionBook sessions)
    {
        if (context.Request.Cookies[SessionCookie.NameFor(context.Request)] is { Length: > 0 } cookie)
        {
            sessions.Close(cookie);
        }

        SessionCookie.Clear(context);
        return Results.NoContent();
    }

    private static async Task<SessionRequest?> ReadAsync(HttpContext context)
    {
        // Only JSON: a page from elsewhere cannot send that without asking first, and it is told no.
        if (!context.Request.HasJsonContentType())
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBody;
        }

        try
        {
            return await context.Request.ReadFromJsonAsync<SessionRequest>(Json, context.RequestAborted);
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }

    private sealed record SessionRequest(string? Name, string Secret);

    private sealed record SessionView(bool Authenticated, bool Required, string Name, IReadOnlyList<CallerRole> Roles);
}
