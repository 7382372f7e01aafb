using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>What a batch came to.</summary>
/// <param name="Batch">The rows that were accepted; null when there are none.</param>
/// <param name="Refusals">The rows that were not, by reason.</param>
internal readonly record struct AssembledBatch(SampleBatch? Batch, IReadOnlyList<Refusal> Refusals);
