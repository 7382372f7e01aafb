using Maestro.Telemetry.WebConsole;

namespace Maestro.Telemetry.Server.Control;

/// <summary>What every answer to a browser says: nothing from elsewhere, no frame, no guess at types.</summary>
internal static class SecurityHeaders
{
    extension(IApplicationBuilder app)
    {
        public void UseSecurityHeaders() => app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ConsoleAssets.ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return next(context);
        });
    }
}
