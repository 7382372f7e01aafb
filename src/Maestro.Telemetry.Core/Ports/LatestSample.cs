using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Ports;

/// <summary>The newest sample of one SGM.</summary>
/// <param name="Values">By metric; a metric that was not sent is absent.</param>
public sealed record LatestSample(
    GatewaySerial Serial,
    SecurityGroupId? Group,
    DateTimeOffset Time,
    IReadOnlyDictionary<MetricId, double> Values);
