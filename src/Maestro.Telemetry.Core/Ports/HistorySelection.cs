using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Ports;

/// <summary>A part of what a store holds.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Group">Only what was stored while in this group; null for any, and for none.</param>
/// <param name="Serial">Only this SGM; null for any.</param>
public sealed record HistorySelection(
    DateTimeOffset From, DateTimeOffset To, SecurityGroupId? Group = null, GatewaySerial? Serial = null);
