using System.Net.Http.Headers;

namespace Maestro.Telemetry.Protocol.Connecting;

/// <summary>Says with each request who sends it.</summary>
internal sealed class BearerHandler(TokenSource token, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Read());
        return base.SendAsync(request, cancellationToken);
    }
}
