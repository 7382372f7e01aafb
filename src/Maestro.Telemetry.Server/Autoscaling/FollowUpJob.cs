using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Fabrics;
using Quartz;

namespace Maestro.Telemetry.Server.Autoscaling;

/// <summary>Looks at the fabric and takes open commands further.</summary>
[DisallowConcurrentExecution]
internal sealed partial class FollowUpJob(
    FabricReader fabric, ScalingExecutor executor, ILogger<FollowUpJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await fabric.ReadAsync(cancellationToken);
        try
        {
            await executor.AdvanceAsync(cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(1407, LogLevel.Warning,
        "No command is taken further: the ledger cannot be used; tried again at the next time")]
    private partial void LogFailed(Exception exception);
}
