namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>What one case came to.</summary>
/// <param name="Streams">SGMs that streamed at once.</param>
/// <param name="ValuesPerSecond">Values acknowledged, and so committed, per second.</param>
/// <param name="CpuSecondsPerMillionValues">CPU time of the server process.</param>
/// <param name="AckP50Ms">Half of the batches were acknowledged within this, milliseconds, at full load.</param>
/// <param name="AckP99Ms">99 of 100 were.</param>
/// <param name="PeakMemoryMb">The most memory that the server had resident, MiB.</param>
/// <param name="StoreValuesPerSecond">The same batches written to the store directly, without gRPC.</param>
/// <param name="StoreCpuSecondsPerMillionValues">CPU time of that.</param>
/// <param name="ShareOfStore">ValuesPerSecond as a share of StoreValuesPerSecond.</param>
internal sealed record IngestResult(
    int Streams,
    double ValuesPerSecond,
    double CpuSecondsPerMillionValues,
    double AckP50Ms,
    double AckP99Ms,
    double PeakMemoryMb,
    double StoreValuesPerSecond,
    double StoreCpuSecondsPerMillionValues,
    double ShareOfStore);
