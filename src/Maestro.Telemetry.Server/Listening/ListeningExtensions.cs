using System.Net;
using Maestro.Telemetry.Server.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Maestro.Telemetry.Server.Listening;

/// <summary>Opens a listener for each surface that has an address.</summary>
internal static class ListeningExtensions
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    // Of a request over HTTP/1.1; a gRPC stream may be silent for as long as it answers pings.
    private static readonly MinDataRate SlowestBody = new(bytesPerSecond: 1_024, gracePeriod: TimeSpan.FromSeconds(5));

    extension(WebApplicationBuilder builder)
    {
        public void AddListeners()
        {
            builder.WebHost.ConfigureKestrel((_, kestrel) =>
            {
                kestrel.AddServerHeader = false;

                // A sender that trickles holds a connection and what it has sent so far; nobody is that slow by accident.
                kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
                kestrel.Limits.MinRequestBodyDataRate = SlowestBody;

                // A host that lost its power says nothing; without pings its stream would hold its SGM for ever.
                kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
                kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
                if (ReadOrNull(kestrel.ApplicationServices) is not { } server)
                {
                    return;
                }

                kestrel.Limits.Http2.MaxStreamsPerConnection = server.MaxStreamsPerConnection;
                foreach (var (surface, address) in server.Addresses)
                {
                    kestrel.Listen(
                        ServerOptions.EndPoint(address), listen => Open(listen, surface, ServerOptions.IsHttps(address)));
                }
            });

            builder.Services.AddSingleton<ConnectionLimits>();
            builder.Services.AddSingleton<ServerCertificate>();
            builder.Services.AddHostedService<CertificateWatcher>();

            // A page from elsewhere that resolves its own name to an address of ours must not read ours.
            builder.Services.AddOptions<HostFilteringOptions>().Configure<IOptions<ServerOptions>>((filter, server) =>
                filter.AllowedHosts = HostNames.Of(server.Value));
        }
    }

    private static void Open(ListenOptions listen, Surface surface, bool secured)
    {
        // Without TLS there is nothing to negotiate with, so that each protocol has its own port.
        listen.Protocols = (surface & Surface.AnyGrpc) != 0 ? HttpProtocols.Http2
            : secured ? HttpProtocols.Http1AndHttp2
            : HttpProtocols.Http1;
        var limits = listen.ApplicationServices.GetRequiredService<ConnectionLimits>();
        var isHttp2 = listen.Protocols == HttpProtocols.Http2;

        // First of all: before anything is spent on a connection, a handshake least of all.
        listen.Use(next => connection => LimitAsync(limits, connection, next, secured, isHttp2));
        var reached = new SurfaceFeature(surface);
        listen.Use(next => connection =>
        {
            connection.Features.Set(reached);
            return next(connection);
        });
        if (secured)
        {
            var certificate = listen.ApplicationServices.GetRequiredService<ServerCertificate>();
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(certificate.ForConnection()),
                HandshakeTimeout = HandshakeTimeout,
            });
        }
    }

    private static async Task LimitAsync(
        ConnectionLimits limits, ConnectionContext connection, ConnectionDelegate next, bool secured, bool isHttp2)
    {
        var remote = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (limits.Enter(remote) is not { } refusal)
        {
            try
            {
                await next(connection);
            }
            finally
            {
                limits.Leave(remote);
            }
        }
        else if (!secured)
        {
            // With TLS nothing could be said before the handshake, which is what is not spent.
            await connection.Transport.Output.WriteAsync(
                isHttp2 ? ConnectionRefusal.Http2(refusal) : ConnectionRefusal.Http1(refusal));
            await connection.Transport.Output.CompleteAsync();
        }
    }

    // Asked for while the application is built, when nobody can be told yet: the configuration check tells, and
    // MaestroHost starts nothing without.
    private static ServerOptions? ReadOrNull(IServiceProvider services)
    {
        try
        {
            return services.GetRequiredService<IOptions<ServerOptions>>().Value;
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException)
        {
            return null;
        }
    }
}
