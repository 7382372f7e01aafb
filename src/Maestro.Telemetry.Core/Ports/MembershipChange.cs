using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Ports;

/// <summary>One SGM changes its group. From null: an add. To null: a remove. Both set: a move.</summary>
/// <param name="Serial">The SGM.</param>
/// <param name="From">Where it must be for the change to be made; null when it must be free.</param>
/// <param name="To">Where it goes; null for the pool.</param>
public sealed record MembershipChange(GatewaySerial Serial, SecurityGroupId? From, SecurityGroupId? To);
