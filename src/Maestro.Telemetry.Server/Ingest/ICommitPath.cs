using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Ingest;

/// <summary>How batches become durable.</summary>
internal interface ICommitPath
{
    /// <summary>Returns when the batches survive a crash, however long that takes.</summary>
    /// <param name="stoppingToken">Ends the waiting for a store that takes nothing.</param>
    /// <returns>
    /// The batches that are kept, without those that the store refuses for good; null when the service stops first.
    /// </returns>
    Task<IReadOnlyList<SampleBatch>?> CommitAsync(
        IReadOnlyList<SampleBatch> batches, CancellationToken stoppingToken);
}
