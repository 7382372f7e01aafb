using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>One kept connection over HTTP/1.1.</summary>
internal sealed class HttpLane : EncodedLane
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = 1,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        UseProxy = false,
    })
    {
        Timeout = Patience,
    };

    private readonly Uri _url;
    private readonly IBlockEncoder _encoder;

    public HttpLane(Uri url, IBlockEncoder encoder)
        : base(encoder)
    {
        (_url, _encoder) = (url, encoder);
        _http.DefaultRequestHeaders.ExpectContinue = false;
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async Task<string?> TrySendAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = ContentOf(body) };
        using var response = await _http.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return null;
        }

        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var answer = string.Create(
            CultureInfo.InvariantCulture, $"{_url} answers {(int)response.StatusCode}: {text.Trim()}");
        return response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            ? answer
            : throw new InvalidOperationException(answer);
    }

    private ByteArrayContent ContentOf(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(_encoder.ContentType);
        if (_encoder.ContentEncoding is { } encoding)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return content;
    }
}
