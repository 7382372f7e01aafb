using System.Net;
using System.Security.Cryptography.X509Certificates;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>
/// One Orchestrator of the pretend fabric: a web server on loopback that speaks the Gaia API. All Orchestrators of a
/// fabric share its topology; each has its own sessions and tasks.
/// </summary>
public sealed class SimulatedOrchestrator : IAsyncDisposable
{
    private readonly GaiaEndpoint _endpoint;
    private readonly X509Certificate2? _certificate;
    private readonly ILoggerFactory? _loggers;
    private WebApplication? _application;
    private int _port;

    /// <param name="id">For example "1_1".</param>
    /// <param name="site">The site it stands at.</param>
    /// <param name="port">The port to listen on; 0 for a free one, which a restart keeps.</param>
    public SimulatedOrchestrator(
        string id,
        int site,
        SimulatedFabric fabric,
        FaultBoard faults,
        TimeProvider time,
        OrchestratorOptions? options = null,
        int port = 0,
        ILoggerFactory? loggers = null)
    {
        options ??= new();
        Id = id;
        Site = site;
        _port = port;
        _loggers = loggers;
        _endpoint = new(id, new(fabric, id, site, options, time), faults, options, time);
        _certificate = options.Https ? SelfSignedCertificate.Create($"orchestrator-{id}") : null;
    }

    public string Id { get; }

    public int Site { get; }

    /// <summary>Where it listens, for example http://127.0.0.1:40123.</summary>
    public Uri Url => new($"{(_certificate is null ? "http" : "https")}://127.0.0.1:{_port}");

    /// <summary>The SHA-256 fingerprint of its certificate, in hex; null on http.</summary>
    public string? CertificateSha256 => _certificate?.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);

    /// <summary>Whether it listens.</summary>
    public bool IsListening => _application is not null;

    /// <summary>Requests it was asked on the paths of the Gaia API, whatever became of them.</summary>
    public long Requests => _endpoint.Requests;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_application is not null)
        {
            return;
        }

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = GaiaEndpoint.MostBodyBytes;
            kestrel.Listen(IPAddress.Loopback, _port, listen =>
            {
                if (_certificate is not null)
                {
                    listen.UseHttps(_certificate);
                }
            });
        });
        if (_loggers is not null)
        {
            builder.Services.AddSingleton(_loggers);
        }

        var application = builder.Build();
        application.Run(_endpoint.HandleAsync);
        await application.StartAsync(cancellationToken);
        _port = BoundPort(application);
        _application = application;
    }

    /// <summary>Stops listening: connections are refused until it is started again, on the same port.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _application, null) is { } application)
        {
            await application.StopAsync(cancellationToken);
            await application.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _endpoint.Dispose();
        _certificate?.Dispose();
    }

    private static int BoundPort(WebApplication application) =>
        application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
            .Addresses.Select(address => new Uri(address).Port).First();
}
