using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia.Contracts;

namespace Maestro.Telemetry.Gaia;

/// <summary>One topology, deployed or pending, in which every gateway is in one place only.</summary>
/// <param name="Groups">By number.</param>
/// <param name="Gateways">By serial number.</param>
internal sealed record Topology(
    IReadOnlyDictionary<SecurityGroupId, SecurityGroupContract> Groups,
    IReadOnlyDictionary<GatewaySerial, PlacedGateway> Gateways)
{
    public SecurityGroupId? GroupOf(GatewaySerial serial) => Gateways.GetValueOrDefault(serial)?.Group;
}
