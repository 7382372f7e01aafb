using System.Globalization;
using Maestro.Telemetry.Server.Listening;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Maestro.Telemetry.Server.Diagnostics;

/// <summary>Degraded when the certificate is about to expire, or its new files cannot be used.</summary>
internal sealed class CertificateHealthCheck(ServerCertificate certificate) : IHealthCheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        if (certificate.Problem is { } problem)
        {
            return HealthCheckResult.Degraded(problem);
        }

        if (certificate.Current is not { Certificate: var current })
        {
            return HealthCheckResult.Healthy("Nothing is served over TLS.");
        }

        var until = current.NotAfter.ToUniversalTime();
        var told = string.Create(CultureInfo.InvariantCulture, $"The certificate is valid until {until:yyyy-MM-dd HH:mm} UTC.");
        return until - TimeProvider.System.GetUtcNow().UtcDateTime < Soon
            ? HealthCheckResult.Degraded($"{told} Put a newer one into its file; no restart is needed.")
            : HealthCheckResult.Healthy(told);
    }
}
