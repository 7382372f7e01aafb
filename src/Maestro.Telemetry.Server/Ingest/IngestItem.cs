using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Ingest;

/// <summary>A batch on its way to the store, and whom to tell when it is there.</summary>
/// <param name="Batch">What is to be stored; null when every row was refused and only the order of answers matters.</param>
/// <param name="Committed">Called once, after the commit.</param>
internal sealed record IngestItem(SampleBatch? Batch, Action Committed);
