namespace Maestro.Telemetry.Gaia.Contracts;

internal sealed class SecurityGroupsReply
{
    public SecurityGroupContract[]? SecurityGroups { get; init; }
}
