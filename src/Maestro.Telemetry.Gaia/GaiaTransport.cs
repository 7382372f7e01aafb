using System.Buffers;
using System.Net.Http.Headers;

namespace Maestro.Telemetry.Gaia;

/// <summary>One request and its reply: bounded in time and size, every failure named.</summary>
internal sealed class GaiaTransport(
    OrchestratorOptions orchestrator,
    GaiaOptions options,
    HttpMessageHandler handler,
    TimeProvider time,
    GaiaMetrics metrics,
    GaiaPeer? peer = null) : IDisposable
{
    private const string SessionHeader = "X-chkp-sid";
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    // Not HttpClient: its timeout and its buffering would be beside ours.
    private readonly HttpMessageInvoker _http = new(handler, disposeHandler: true);
    private readonly string _root = orchestrator.Address.TrimEnd('/') + "/gaia_api/"
        + (string.IsNullOrEmpty(options.ApiVersion) ? "" : options.ApiVersion + "/");

    public GaiaPeer Peer { get; } = peer ?? GaiaPeer.Orchestrator(orchestrator.Id);

    public string Orchestrator => Peer.Name;

    /// <param name="secrets">What must not come back in a text: the session id is always among them.</param>
    public async Task<GaiaReply> SendAsync(
        GaiaCommand command, byte[] body, string? sid, string[] secrets, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var outcome = "Cancelled";
        try
        {
            var reply = await ExchangeAsync(command, body, sid, secrets, cancellationToken);
            outcome = "Ok";
            return reply;
        }
        catch (GaiaException e)
        {
            outcome = e.GetType().Name["Gaia".Length..^"Exception".Length];
            throw;
        }
        finally
        {
            metrics.Requested(command, outcome, time.GetElapsedTime(started));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<GaiaReply> ExchangeAsync(
        GaiaCommand command, byte[] body, string? sid, string[] secrets, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = Request(command, body, sid);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            var content = await ReadAsync(command, response, either.Token);
            return GaiaReplyReader.Interpret(Orchestrator, command, response, content, sid, secrets);
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(command, e);
        }
        catch (IOException e)
        {
            throw new GaiaUnreachableException(
                $"{Orchestrator}: the connection broke before the answer to {command} was there.", command.Changes, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler's own connect timeout fires before anything was sent.
            var connecting = !timeout.IsCancellationRequested;
            var limit = connecting ? options.ConnectTimeout : options.RequestTimeout;
            var what = connecting ? "the connection did not come up" : $"{command} was not answered";
            throw new GaiaTimeoutException(
                $"{Orchestrator}: {what} within {limit.TotalSeconds:0.###} s.", command.Changes && !connecting, e);
        }
    }

    private HttpRequestMessage Request(GaiaCommand command, byte[] body, string? sid)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _root + command.Name)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = Json } },
        };
        if (sid is not null)
        {
            request.Headers.TryAddWithoutValidation(SessionHeader, sid);
        }

        return request;
    }

    private GaiaUnreachableException Unreachable(GaiaCommand command, HttpRequestException e)
    {
        // In these three the request never left; in all others the Orchestrator may have it.
        var (what, sent) = e.HttpRequestError switch
        {
            HttpRequestError.ConnectionError => ("no connection", false),
            HttpRequestError.NameResolutionError => ("its name is not known", false),
            HttpRequestError.SecureConnectionError => (
                "its certificate is not trusted or TLS failed; give CaFile or CertificateFingerprint if it is right",
                false),
            _ => ($"the connection broke before the answer to {command} was there", true),
        };
        return new($"{Orchestrator}: {what} ({orchestrator.Address}).", command.Changes && sent, e);
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(
        GaiaCommand command, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var limit = options.MaxResponseBytes;
        await using var stream = response.Content.Headers.ContentLength > limit
            ? throw TooLarge()
            : await response.Content.ReadAsStreamAsync(cancellationToken);
        var content = new ArrayBufferWriter<byte>(16 * 1024);
        while (true)
        {
            var read = await stream.ReadAsync(content.GetMemory(16 * 1024), cancellationToken);
            if (read == 0)
            {
                return content.WrittenMemory;
            }

            content.Advance(read);
            if (content.WrittenCount > limit)
            {
                throw TooLarge();
            }
        }

        GaiaProtocolException TooLarge() => new(
            $"{Orchestrator}: the answer to {command} is larger than {limit} bytes (HTTP {(int)response.StatusCode}).",
            command.Changes);
    }
}
