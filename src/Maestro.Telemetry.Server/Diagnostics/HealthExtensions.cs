using System.Text.Json;
using Maestro.Telemetry.Server.Access;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Maestro.Telemetry.Server.Diagnostics;

internal static class HealthExtensions
{
    private const string Ready = "ready";

    extension(IServiceCollection services)
    {
        public IServiceCollection AddHealth()
        {
            services.AddGrpcHealthChecks()
                .AddCheck<StoreHealthCheck>("store", HealthStatus.Unhealthy, [Ready])
                .AddCheck<FabricHealthCheck>("fabric", HealthStatus.Degraded, [Ready])
                .AddCheck<CertificateHealthCheck>("certificate", HealthStatus.Degraded, [Ready]);
            return services;
        }
    }

    extension(IEndpointRouteBuilder endpoints)
    {
        /// <summary>Live checks nothing: the process is up. Ready says what it means for the operator.</summary>
        public void MapHealth()
        {
            endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
            endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions
            {
                Predicate = check => check.Tags.Contains(Ready),
                ResponseWriter = WriteAsync,
            });
        }
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        if (!context.Caller.Roles.Contains(CallerRole.Viewer))
        {
            // A load balancer needs to know whether; only who is let in reads why.
            return JsonSerializer.SerializeAsync(context.Response.Body, new { status = report.Status.ToString() });
        }

        return JsonSerializer.SerializeAsync(context.Response.Body, new
        {
            status = report.Status.ToString(),
            checks = report.Entries.Select(e => new
            {
                name = e.Key,
                status = e.Value.Status.ToString(),
                description = e.Value.Description,
            }),
        });
    }
}
