using Maestro.Telemetry.Ports;
using Quartz;

namespace Maestro.Telemetry.Server.Autoscaling;

/// <summary>Plans and acts.</summary>
[DisallowConcurrentExecution]
internal sealed partial class EvaluateJob(PlanningCycle cycle, ILogger<EvaluateJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await cycle.RunAsync(cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(1406, LogLevel.Warning,
        "Nothing is planned: store or ledger cannot be used; tried again at the next time")]
    private partial void LogFailed(Exception exception);
}
