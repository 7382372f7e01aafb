using Maestro.Telemetry.Server.Fabrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Maestro.Telemetry.Server.Diagnostics;

internal sealed class FabricHealthCheck(FabricState fabric) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(fabric.Problem is { } problem
            ? new HealthCheckResult(
                context.Registration.FailureStatus, $"No change can be made and none is planned. {problem}")
            : HealthCheckResult.Healthy("The fabric is read."));
}
