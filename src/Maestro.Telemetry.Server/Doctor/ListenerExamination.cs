using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Listening;

namespace Maestro.Telemetry.Server.Doctor;

/// <summary>Each address: free, or served by a server of ours.</summary>
internal sealed class ListenerExamination(IOptions<ServerOptions> options) : IExamination
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Area => "listeners";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(options.Value.Addresses.Select(a => ExamineAsync(a.Surface, a.Address, cancellationToken)));

    private async Task<Finding> ExamineAsync(Surface surface, string address, CancellationToken cancellationToken)
    {
        var endPoint = ServerOptions.EndPoint(address);
        try
        {
            using var listener = new TcpListener(endPoint);
            listener.Start();
            return new(Area, Verdict.Ok, $"{address} ({surface}) is free.");
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            return await AskAsync(surface, address, endPoint, cancellationToken);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AccessDenied)
        {
            return new(
                Area, Verdict.Failed, $"{address} ({surface}) may not be listened on ({e.Message}).",
                "Use a port above 1023, or give the service CAP_NET_BIND_SERVICE.");
        }
        catch (SocketException e)
        {
            return new(
                Area, Verdict.Failed, $"{address} ({surface}) cannot be listened on ({e.Message}).",
                "Use an address of this machine, 0.0.0.0 or [::].");
        }
    }

    private async Task<Finding> AskAsync(
        Surface surface, string address, IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ConnectTimeout = Patience };

        if (ServerOptions.IsHttps(address))
        {
            // Who signed it is examined elsewhere; here it is ours or somebody else's.
            using var own = TlsMaterial.Load(options.Value.Tls).Certificate;
            var print = own.GetCertHash(HashAlgorithmName.SHA256);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) =>
                shown?.GetCertHash(HashAlgorithmName.SHA256).AsSpan().SequenceEqual(print) == true;
        }

        using var http = new HttpMessageInvoker(handler);
        using var late = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var grpc = (surface & Surface.AnyGrpc) != 0;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Reachable(address, endPoint), "/health/live"))
        {
            Version = grpc ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        try
        {
            using var response = await http.SendAsync(request, either.Token);

            // A gRPC address has no health page: that it says so over HTTP/2 is all that can be asked without a call.
            if (grpc ? response.StatusCode is HttpStatusCode.NotFound : response.IsSuccessStatusCode)
            {
                return new(Area, Verdict.Ok, $"{address} ({surface}) is served already.");
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Taken($"what listens there does not answer like a server of ours ({e.Message})");
        }

        return Taken("what listens there is no server of ours");

        Finding Taken(string why) => new(
            Area, Verdict.Failed, $"{address} ({surface}) is in use: {why}.", "Stop what listens there, or choose another port.");
    }

    // 0.0.0.0 and [::] are addresses to listen on, not to call.
    private static Uri Reachable(string address, IPEndPoint endPoint)
    {
        var any = endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any);
        return any
            ? new UriBuilder(address) { Host = endPoint.AddressFamily is AddressFamily.InterNetworkV6 ? "[::1]" : "127.0.0.1" }.Uri
            : new Uri(address);
    }
}
