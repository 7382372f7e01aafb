using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Ports;

/// <summary>One minute of one SGM.</summary>
/// <param name="Values">
/// In the order of <see cref="RollupQuery.Metrics"/>. Valid until the next row is asked for; copy what you keep.
/// </param>
public readonly record struct RollupRow(
    DateTimeOffset Minute,
    GatewaySerial Serial,
    SecurityGroupId? Group,
    IReadOnlyList<Rollup> Values);
