using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Gaia;

/// <summary>Looks whether one Orchestrator can be worked with: connection, certificate, log-in, a reading, its clock.</summary>
public static class OrchestratorProbe
{
    /// <summary>Logs in, reads the gateways and logs out; changes nothing.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="orchestrator">One of them.</param>
    public static async Task<OrchestratorProbeResult> RunAsync(
        GaiaOptions options,
        OrchestratorOptions orchestrator,
        TimeProvider time,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        using var clock = new ServerClockHandler(time, GaiaHandler.Create(orchestrator, options));
        using var metrics = new GaiaMetrics(null);
        var transport = new GaiaTransport(orchestrator, options, clock, time, metrics);
        var session = new GaiaSession(
            transport, new ConfiguredCredentials(options).GetAsync, options, time, loggers.CreateLogger<GaiaSession>());
        var tasks = new GaiaTaskFollower(
            transport.Orchestrator, session, options, time, loggers.CreateLogger<GaiaTaskFollower>());
        await using var client = new GaiaClient(orchestrator, session, tasks);
        try
        {
            var gateways = await client.ShowGatewaysAsync(pending: false, cancellationToken);
            return new(orchestrator.Id, null, gateways.Length, clock.Offset);
        }
        catch (GaiaException e)
        {
            return new(orchestrator.Id, e.Message, 0, clock.Offset);
        }
    }
}
