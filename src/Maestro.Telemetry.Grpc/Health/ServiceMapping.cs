namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Which health checks count for a service.</summary>
public sealed class ServiceMapping(string name, Func<HealthCheckMapContext, bool> healthCheckPredicate)
{
    /// <summary>The service's full name; empty for the server as a whole.</summary>
    public string Name { get; } = name;

    public Func<HealthCheckMapContext, bool> HealthCheckPredicate { get; } = healthCheckPredicate;
}
