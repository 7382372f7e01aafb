using Maestro.Telemetry.Simulator.Fabric;

namespace Maestro.Telemetry.Simulator.Load;

/// <summary>Rows of one SGM over consecutive times.</summary>
/// <param name="Gateway">The SGM, with the group that the rows are of.</param>
/// <param name="TimestampsMs">Milliseconds since 1970, one a row.</param>
/// <param name="Rows">Row-major, as many values a row as there are columns.</param>
public sealed record HistoryBlock(SimulatedGateway Gateway, long[] TimestampsMs, double[] Rows);
