using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Ports;

/// <summary>Batches at the old end of a spool.</summary>
/// <param name="Batches">In the order of their arrival.</param>
/// <param name="LastId">The number of the last append among them.</param>
/// <param name="Rows">Rows of all of them.</param>
public sealed record SpooledBatches(IReadOnlyList<SampleBatch> Batches, long LastId, long Rows);
