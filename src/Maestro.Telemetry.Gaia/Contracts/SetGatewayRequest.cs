namespace Maestro.Telemetry.Gaia.Contracts;

internal sealed class SetGatewayRequest
{
    /// <summary>The serial number.</summary>
    public required string Id { get; init; }

    /// <summary>The group to assign the gateway to, wherever it is now; 0 to unassign it.</summary>
    public required int SecurityGroup { get; init; }
}
