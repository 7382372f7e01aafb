using Maestro.Telemetry.Server.Fabrics;
using Quartz;

namespace Maestro.Telemetry.Server.Autoscaling;

/// <summary>Looks at the fabric and takes open commands further.</summary>
[DisallowConcurrentExecution]
internal sealed class FollowUpJob(FabricReader fabric, ScalingExecutor executor) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await fabric.ReadAsync(cancellationToken);
        await executor.AdvanceAsync(cancellationToken);
    }
}
