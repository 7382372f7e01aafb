namespace Maestro.Telemetry.Gaia.Contracts;

internal sealed class GatewaysReply
{
    public GatewayContract[]? Gateways { get; init; }
}
