namespace Maestro.Telemetry.Gaia;

/// <summary>Compares the Date header of answers (RFC 9110, section 6.6.1) with our clock.</summary>
internal sealed class ServerClockHandler(TimeProvider time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // The header has whole seconds, cut off.
    private static readonly TimeSpan HalfASecond = TimeSpan.FromSeconds(0.5);

    /// <summary>Their clock less ours, of the last answer that told the time.</summary>
    public TimeSpan? Offset { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = time.GetUtcNow();
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.Date is { } theirs)
        {
            // It was written some time between the two; the middle is wrong by half of that at most.
            var received = time.GetUtcNow();
            Offset = theirs + HalfASecond - (sent + ((received - sent) / 2));
        }

        return response;
    }
}
