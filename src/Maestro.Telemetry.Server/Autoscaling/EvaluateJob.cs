using Quartz;

namespace Maestro.Telemetry.Server.Autoscaling;

/// <summary>Plans and acts.</summary>
[DisallowConcurrentExecution]
internal sealed class EvaluateJob(PlanningCycle cycle) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await cycle.RunAsync(cancellationToken);
}
