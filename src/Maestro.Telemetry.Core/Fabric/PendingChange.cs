namespace Maestro.Telemetry.Fabric;

/// <summary>A difference between the pending and the deployed topology that nobody has applied yet.</summary>
/// <param name="Serial">The SGM that differs; null when it is a group that differs.</param>
/// <param name="DeployedGroup">Where the SGM is now; null when free.</param>
/// <param name="PendingGroup">Where an apply would put it; null when free.</param>
/// <param name="Description">The difference in words.</param>
public sealed record PendingChange(
    GatewaySerial? Serial,
    SecurityGroupId? DeployedGroup,
    SecurityGroupId? PendingGroup,
    string Description);
