using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Faults;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>
/// One Orchestrator of the pretend fabric: a web server on loopback that speaks the Gaia API. All Orchestrators of a
/// fabric share its topology; each has its own sessions and tasks.
/// </summary>
public sealed class SimulatedOrchestrator : IAsyncDisposable
{
    private readonly GaiaServer _server;

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
        _server = new(id, new GaiaCommands(fabric, id, site, options, time), faults, options, port, time, loggers);
    }

    public string Id { get; }

    public int Site { get; }

    /// <summary>Where it listens, for example http://127.0.0.1:40123.</summary>
    public Uri Url => _server.Url;

    /// <summary>The SHA-256 fingerprint of its certificate, in hex; null on http.</summary>
    public string? CertificateSha256 => _server.CertificateSha256;

    /// <summary>Whether it listens.</summary>
    public bool IsListening => _server.IsListening;

    /// <summary>Requests it was asked on the paths of the Gaia API, whatever became of them.</summary>
    public long Requests => _server.Requests;

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(cancellationToken);

    /// <summary>Stops listening: connections are refused until it is started again, on the same port.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
