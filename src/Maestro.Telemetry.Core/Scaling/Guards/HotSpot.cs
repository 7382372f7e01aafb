using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>A hot member or core in a cool group.</summary>
/// <param name="Serial">The SGM.</param>
/// <param name="IsCore">True when one of its cores is hot, and not all of it.</param>
/// <param name="Utilization">Of the SGM or the core, 0 to 1.</param>
/// <param name="Average">Of the group, 0 to 1.</param>
internal sealed record HotSpot(GatewaySerial Serial, bool IsCore, double Utilization, double Average);
