using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.HealthChecks.Internal;

/// <summary>Turns health check results into the status of each mapped service, and tells the watchers.</summary>
internal sealed class HealthCheckStatuses(
    HealthServiceImpl watched, HealthCheckService checks, IOptions<GrpcHealthChecksOptions> options)
    : IHealthCheckPublisher
{
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var mapping in options.Value.Services)
        {
            var counted = report.Entries.Where(e => Counts(mapping, e.Key, e.Value.Tags)).Select(e => e.Value.Status);
            watched.SetStatus(mapping.Name, Status(counted));
        }

        return Task.CompletedTask;
    }

    /// <summary>Runs the checks of one service now; null where it is not mapped.</summary>
    public async Task<HealthCheckResponse.Types.ServingStatus?> CheckAsync(
        string service, CancellationToken cancellationToken)
    {
        if (!options.Value.Services.TryGetValue(service, out var mapping))
        {
            return null;
        }

        var report = await checks.CheckHealthAsync(
            registration => Counts(mapping, registration.Name, registration.Tags), cancellationToken);
        var status = Status(report.Entries.Values.Select(e => e.Status));
        watched.SetStatus(service, status);
        return status;
    }

    private static bool Counts(ServiceMapping mapping, string name, IEnumerable<string> tags) =>
        mapping.HealthCheckPredicate(new HealthCheckMapContext(name, tags));

    /// <summary>Degraded still serves.</summary>
    private static HealthCheckResponse.Types.ServingStatus Status(IEnumerable<HealthStatus> results) =>
        results.Contains(HealthStatus.Unhealthy)
            ? HealthCheckResponse.Types.ServingStatus.NotServing
            : HealthCheckResponse.Types.ServingStatus.Serving;
}
