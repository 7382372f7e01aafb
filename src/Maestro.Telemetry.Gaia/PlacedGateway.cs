using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia.Contracts;

namespace Maestro.Telemetry.Gaia;

/// <summary>A gateway and the one group it is in; null when it is free.</summary>
internal sealed record PlacedGateway(GatewaySerial Serial, SecurityGroupId? Group, GatewayContract Contract);
