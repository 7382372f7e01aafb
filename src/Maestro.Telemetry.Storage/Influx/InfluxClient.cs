using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>
/// The 1.x API, which 1.x, 2.x and 3.x all serve: /ping, /write, /query. Says of a failure what an operator can do.
/// Safe for concurrent use.
/// </summary>
internal sealed class InfluxClient : IDisposable
{
    private const int LongestErrorBytes = 64 * 1024;

    private readonly InfluxStoreOptions _options;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly string _root;
    private AuthenticationHeaderValue? _authorization;
    private bool _hasReadSecret;

    /// <param name="time">What a server's date to try again is held against; the system's clock when null.</param>
    public InfluxClient(InfluxStoreOptions options, TimeProvider? time = null)
    {
        _options = options;
        _time = time ?? TimeProvider.System;
        _root = options.Url.AbsoluteUri.TrimEnd('/');
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            ConnectTimeout = TimeSpan.FromSeconds(10),
        })
        {
            Timeout = options.Timeout,
        };
    }

    /// <summary>Who answers at the address.</summary>
    /// <exception cref="StoreUnavailableException">Nobody does.</exception>
    public async Task<InfluxServer> PingAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_root}/ping");
        using var response = await SendAsync(request, cancellationToken);
        // 3.x asks for the token even here; the first query tells.
        if (!response.IsSuccessStatusCode
            && response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            throw new StoreUnavailableException(
                $"{_options.Url} answers /ping with HTTP {(int)response.StatusCode}, which InfluxDB does not. "
                + "Give the address of InfluxDB itself.");
        }

        var version = response.Headers.TryGetValues("X-Influxdb-Version", out var values) ? values.FirstOrDefault() : null;
        return InfluxServer.Of(version);
    }

    /// <summary>Writes complete lines.</summary>
    /// <param name="lines">Line protocol.</param>
    /// <param name="policy">The retention policy; empty for the default one.</param>
    /// <param name="precision">ms or ns, which mean the same on every release.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="StoreUnavailableException">There is no answer.</exception>
    public async Task<InfluxAnswer> WriteAsync(
        ReadOnlyMemory<byte> lines, string policy, string precision, CancellationToken cancellationToken)
    {
        var target = new StringBuilder(_root)
            .Append("/write?db=").Append(Uri.EscapeDataString(_options.Database))
            .Append("&precision=").Append(precision);
        if (policy.Length > 0)
        {
            target.Append("&rp=").Append(Uri.EscapeDataString(policy));
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, target.ToString());
        request.Content = _options.Compress ?? !_options.Url.IsLoopback ? Compressed(lines) : new ReadOnlyMemoryContent(lines);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        using var response = await SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode
            ? new InfluxAnswer(InfluxAction.Done, "")
            : InfluxAnswer.Of(
                response.StatusCode,
                await ReadErrorAsync(response, cancellationToken),
                Wait(response.Headers.RetryAfter));
    }

    private TimeSpan? Wait(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);

    /// <summary>Asks one or more statements; the rows are read as they come.</summary>
    /// <exception cref="StoreUnavailableException">The server does not answer, or refuses.</exception>
    public async Task<InfluxRows> QueryAsync(string statements, string epoch, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_root}/query");
        request.Content = new FormUrlEncodedContent(
        [
            new("db", _options.Database),
            new("epoch", epoch),
            new("chunked", "true"),
            new("chunk_size", "10000"),
            new("q", statements),
        ]);
        var response = await SendAsync(request, cancellationToken);
        try
        {
            if (!response.IsSuccessStatusCode)
            {
                var error = await ReadErrorAsync(response, cancellationToken);
                throw new StoreUnavailableException(
                    $"InfluxDB at {_options.Url} refuses a query with HTTP {(int)response.StatusCode}: {error}");
            }

            return new InfluxRows(response, await response.Content.ReadAsStreamAsync(cancellationToken), _options);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>Asks for what gives no rows, or none that matter.</summary>
    /// <exception cref="StoreUnavailableException">The server does not answer, or refuses.</exception>
    public async Task ExecuteAsync(string statements, CancellationToken cancellationToken)
    {
        await using var rows = await QueryAsync(statements, "ms", cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
        }
    }

    public void Dispose() => _http.Dispose();

    private static ByteArrayContent Compressed(ReadOnlyMemory<byte> lines)
    {
        var body = new MemoryStream(Math.Max(256, lines.Length / 4));
        using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(lines.Span);
        }

        var content = new ByteArrayContent(body.GetBuffer(), 0, (int)body.Length);
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = await AuthorizationAsync(cancellationToken);
        try
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                _hasReadSecret = false;
            }

            return response;
        }
        catch (HttpRequestException e)
        {
            throw new StoreUnavailableException(
                $"InfluxDB at {_options.Url} cannot be reached: {e.Message} Check that it runs and that the address is right.",
                e);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StoreUnavailableException(
                $"InfluxDB at {_options.Url} did not answer within {_options.Timeout.TotalSeconds:F0} s.", e);
        }
    }

    private async ValueTask<AuthenticationHeaderValue?> AuthorizationAsync(CancellationToken cancellationToken)
    {
        if (!_hasReadSecret)
        {
            var secret = await ReadSecretAsync(cancellationToken);
            _authorization = secret is null ? null
                : _options.User.Length == 0 ? new AuthenticationHeaderValue("Token", secret)
                : new AuthenticationHeaderValue(
                    "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_options.User}:{secret}")));
            _hasReadSecret = true;
        }

        return _authorization;
    }

    private async ValueTask<string?> ReadSecretAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(_options.SecretFile))
        {
            return string.IsNullOrEmpty(_options.SecretEnvironmentVariable)
                ? null
                : Environment.GetEnvironmentVariable(_options.SecretEnvironmentVariable);
        }

        try
        {
            return (await File.ReadAllTextAsync(_options.SecretFile, cancellationToken)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"The file '{_options.SecretFile}' with the secret of InfluxDB cannot be read: {e.Message}", e);
        }
    }

    private static async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[LongestErrorBytes];
        try
        {
            var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            return Encoding.UTF8.GetString(bytes, 0, length);
        }
        catch (IOException)
        {
            // The status says enough.
            return "";
        }
    }
}
