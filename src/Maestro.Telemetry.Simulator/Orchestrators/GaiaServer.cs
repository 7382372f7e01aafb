using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Maestro.Telemetry.Simulator.Faults;
using Maestro.Telemetry.Simulator.Hosting;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>A Gaia API on a port of loopback: sessions, commands, faults, and a certificate if wanted.</summary>
internal sealed class GaiaServer : IAsyncDisposable
{
    private readonly GaiaEndpoint _endpoint;
    private readonly LoopbackServer _server;
    private readonly X509Certificate2? _certificate;

    /// <param name="name">As faults name it.</param>
    public GaiaServer(
        string name,
        IGaiaCommands commands,
        FaultBoard faults,
        OrchestratorOptions options,
        int port,
        TimeProvider time,
        ILoggerFactory? loggers)
    {
        _endpoint = new(name, commands, faults, options, time);
        _certificate = options.Https ? SelfSignedCertificate.Create($"orchestrator-{name}") : null;
        _server = new(_endpoint.HandleAsync, port, GaiaEndpoint.MostBodyBytes, _certificate, loggers);
    }

    public Uri Url => _server.Url;

    public string? CertificateSha256 => _certificate?.GetCertHashString(HashAlgorithmName.SHA256);

    public bool IsListening => _server.IsListening;

    public long Requests => _endpoint.Requests;

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _endpoint.Dispose();
        _certificate?.Dispose();
    }
}
