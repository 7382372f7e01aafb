using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>One kept connection over HTTP/1.1. Who is asked to come back does, a little later, with the same.</summary>
internal sealed class HttpLane : ILane
{
    private static readonly TimeSpan ComeBack = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

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
    {
        (_url, _encoder) = (url, encoder);
        _http.DefaultRequestHeaders.ExpectContinue = false;
    }

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Func<CancellationToken, Task> Prepare(Block block)
    {
        var body = _encoder.Encode(block);
        return cancellationToken => SendAsync(body, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(byte[] body, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = ContentOf(body) };
            using var response = await _http.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            var isBusy = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
            if (!isBusy || TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                var text = await response.Content.ReadAsStringAsync(cancellationToken);
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture, $"{_url} answers {(int)response.StatusCode}: {text.Trim()}"));
            }

            await Task.Delay(ComeBack, TimeProvider.System, cancellationToken);
        }
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
