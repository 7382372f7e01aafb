namespace Maestro.Telemetry.IntegrationTests.Interop;

/// <summary>Notes how responses are encoded, which calls do not show.</summary>
internal sealed class EncodingProbe(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public string? Last { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        Last = response.Headers.TryGetValues("grpc-encoding", out var values) ? values.Single() : null;
        return response;
    }
}
