namespace Grpc.AspNetCore.HealthChecks;

/// <summary>What the health service tells.</summary>
public sealed class GrpcHealthChecksOptions
{
    /// <value>By default the empty name stands for all health checks.</value>
    public ServiceMappingCollection Services { get; } = [];
}
