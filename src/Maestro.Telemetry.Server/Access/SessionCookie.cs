namespace Maestro.Telemetry.Server.Access;

/// <summary>The cookie of a log-in at the console: no script sees it, and no other site's page can send it.</summary>
internal static class SessionCookie
{
    private const string Plain = "maestro_session";

    // A browser takes this name only over TLS, for this very host and all of its paths (RFC 6265bis).
    private const string Secured = "__Host-maestro_session";

    public static string NameFor(HttpRequest request) => request.IsHttps ? Secured : Plain;

    public static void Set(HttpContext context, string value, TimeSpan lifetime) =>
        context.Response.Cookies.Append(NameFor(context.Request), value, Options(context, lifetime));

    public static void Clear(HttpContext context) =>
        context.Response.Cookies.Delete(NameFor(context.Request), Options(context, null));

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = lifetime,
        Path = "/",
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
    };
}
