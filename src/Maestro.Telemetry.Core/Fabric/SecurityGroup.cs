namespace Maestro.Telemetry.Fabric;

/// <summary>A Security Group as the Orchestrator has it deployed.</summary>
public sealed record SecurityGroup
{
    public required SecurityGroupId Id { get; init; }

    public required string Name { get; init; }

    public ClusteringMode Mode { get; init; } = ClusteringMode.ActiveActive;
}
