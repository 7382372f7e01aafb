using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Fabrics;

/// <summary>Reads the fabric and tells all who keep a view of it.</summary>
internal sealed partial class FabricReader(
    IFabricController controller,
    FabricState state,
    BreachMonitor breaches,
    IOptions<FabricOptions> options,
    ILogger<FabricReader> logger)
{
    /// <summary>The last reading there was, however old.</summary>
    public FabricSnapshot Last => state.Current;

    /// <summary>Why the newest reading failed, in a sentence; null when it did not.</summary>
    public string? Problem => state.Problem;

    /// <summary>A fresh reading; null when no Orchestrator gave one, and then the last one stands with its age.</summary>
    public async Task<FabricSnapshot?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var snapshot = StatedFacts.Complete(await controller.ReadAsync(cancellationToken), options.Value);
            breaches.Observe(snapshot);
            if (state.Problem is not null)
            {
                LogReachable();
            }

            state.Set(snapshot);
            return snapshot;
        }
        catch (FabricControllerException e)
        {
            if (state.Problem != e.Message)
            {
                LogUnreachable(e);
            }

            state.Failed(e.Message);
            return null;
        }
    }

    /// <summary>A fresh reading, for those who can do nothing with an old one.</summary>
    /// <exception cref="FabricControllerException">No Orchestrator gave one.</exception>
    public async Task<FabricSnapshot> ReadFreshAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken) ?? throw new FabricControllerException(Problem ?? "No Orchestrator has answered.");

    [LoggerMessage(1301, LogLevel.Warning, "The fabric cannot be read; the last reading stands")]
    private partial void LogUnreachable(Exception exception);

    [LoggerMessage(1302, LogLevel.Information, "The fabric is read")]
    private partial void LogReachable();
}
