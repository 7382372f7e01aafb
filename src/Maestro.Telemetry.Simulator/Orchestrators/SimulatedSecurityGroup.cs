using System.Globalization;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Faults;
using Maestro.Telemetry.Simulator.Load;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>
/// One Security Group of the pretend fabric: a web server on loopback that speaks the Gaia API of the group's own
/// address. Faults of replies and sessions hit it by its <see cref="Name"/>.
/// </summary>
public sealed class SimulatedSecurityGroup : IAsyncDisposable
{
    private readonly GaiaServer _server;

    /// <param name="port">The port to listen on; 0 for a free one, which a restart keeps.</param>
    public SimulatedSecurityGroup(
        int id,
        SimulatedFabric fabric,
        FabricLoad load,
        FaultBoard faults,
        TimeProvider time,
        OrchestratorOptions? options = null,
        int port = 0,
        ILoggerFactory? loggers = null)
    {
        Id = id;
        _server = new(Name, new MemberCommands(fabric, load, id, time), faults, options ?? new(), port, time, loggers);
    }

    public int Id { get; }

    /// <summary>For example sg1.</summary>
    public string Name => NameOf(Id);

    /// <summary>Where it listens.</summary>
    public Uri Url => _server.Url;

    /// <summary>The SHA-256 fingerprint of its certificate, in hex; null on http.</summary>
    public string? CertificateSha256 => _server.CertificateSha256;

    /// <summary>Requests it was asked, whatever became of them.</summary>
    public long Requests => _server.Requests;

    public static string NameOf(int id) => string.Create(CultureInfo.InvariantCulture, $"sg{id}");

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(cancellationToken);

    /// <summary>Stops listening: connections are refused until it is started again, on the same port.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
