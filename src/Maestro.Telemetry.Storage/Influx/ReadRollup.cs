using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>One minute of one SGM in one group.</summary>
/// <param name="Ms">The minute's beginning.</param>
/// <param name="Group">0 when the SGM was free.</param>
/// <param name="Rows">Samples in the minute, whatever metrics they had.</param>
/// <param name="Values">In the order of the query's metrics.</param>
internal readonly record struct ReadRollup(long Ms, GatewaySerial Serial, int Group, long Rows, Rollup[] Values);
