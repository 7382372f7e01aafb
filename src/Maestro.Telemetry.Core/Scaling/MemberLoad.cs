using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling;

/// <summary>How busy one member is.</summary>
/// <param name="Serial">The SGM.</param>
/// <param name="Utilization">The mean over its cores, as a share of its own capacity, 0 to 1.</param>
/// <param name="BusiestCore">The share of its busiest core, 0 to 1; null when it is not measured.</param>
public sealed record MemberLoad(GatewaySerial Serial, double Utilization, double? BusiestCore = null);
