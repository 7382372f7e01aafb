namespace Maestro.Telemetry.Server.Access;

/// <summary>
/// Tells requests that a page from elsewhere makes a browser send (cross-site request forgery). Programs send neither
/// header. Reading is safe: the browser does not show such a page the answer.
/// </summary>
internal static class OriginCheck
{
    public static bool IsForeign(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return false;
        }

        if (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none"))
        {
            return true;
        }

        // "null", which sandboxed pages send, is no address and therefore foreign.
        return request.Headers.Origin is [{ } origin, ..]
            && (!Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                || !string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
