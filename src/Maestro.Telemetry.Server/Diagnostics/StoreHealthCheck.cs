using Maestro.Telemetry.Server.Ingest;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Maestro.Telemetry.Server.Diagnostics;

internal sealed class StoreHealthCheck(StoreHealth store) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(store.Problem is { } problem
            ? new HealthCheckResult(context.Registration.FailureStatus, $"Samples are not stored; agents keep theirs. {problem}")
            : HealthCheckResult.Healthy("Samples are stored."));
}
