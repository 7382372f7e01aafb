using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Simulator.Hosting;

/// <summary>A small web server on loopback that can be stopped and started again on the same port.</summary>
internal sealed class LoopbackServer(
    RequestDelegate handler, int port, long mostBodyBytes, X509Certificate2? certificate, ILoggerFactory? loggers)
    : IAsyncDisposable
{
    private WebApplication? _application;
    private int _port = port;

    /// <summary>Where it listens; the port is known once it has been started.</summary>
    public Uri Url => new($"{(certificate is null ? "http" : "https")}://127.0.0.1:{_port}");

    public bool IsListening => Volatile.Read(ref _application) is not null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsListening)
        {
            return;
        }

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = mostBodyBytes;
            kestrel.Listen(IPAddress.Loopback, _port, listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        if (loggers is not null)
        {
            builder.Services.AddSingleton(loggers);
        }

        var application = builder.Build();
        application.Run(handler);
        await application.StartAsync(cancellationToken);
        _port = BoundPort(application);
        _application = application;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _application, null) is { } application)
        {
            await application.StopAsync(cancellationToken);
            await application.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private static int BoundPort(WebApplication application) =>
        application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
            .Addresses.Select(address => new Uri(address).Port).First();
}
