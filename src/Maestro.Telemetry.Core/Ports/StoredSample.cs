using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Ports;

/// <summary>A stored sample with the SGM that it is of.</summary>
public sealed record StoredSample(GatewaySerial Serial, RawSample Sample);
