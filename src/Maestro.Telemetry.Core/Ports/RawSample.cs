using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Ports;

/// <summary>One stored sample.</summary>
/// <param name="Values">By metric; a metric that was not sent is absent.</param>
/// <param name="Cores">Busy percent by core; empty when the agent sends none.</param>
public sealed record RawSample(
    DateTimeOffset Time,
    SecurityGroupId? Group,
    IReadOnlyDictionary<MetricId, double> Values,
    IReadOnlyList<KeyValuePair<CoreId, double>> Cores);
