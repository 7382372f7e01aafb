using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Ports;

/// <summary>
/// Keeps batches that the store cannot take now, on a disk of this machine, in the order of their arrival. Safe for
/// concurrent use; one reader at a time peeks and removes.
/// </summary>
public interface ISampleSpool : IAsyncDisposable
{
    SpoolStatistics Statistics { get; }

    /// <summary>Appends the batches. When it returns, they survive a crash of the process and of the machine.</summary>
    /// <exception cref="SpoolFullException">There is no room within the bound; nothing was appended.</exception>
    /// <exception cref="StoreUnavailableException">The disk does not take them; nothing was appended.</exception>
    ValueTask AppendAsync(
        IReadOnlyList<SampleBatch> batches, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The oldest batches, up to about so many rows and at least one append; null when there are none.</summary>
    /// <exception cref="StoreUnavailableException">The disk cannot be read now.</exception>
    ValueTask<SpooledBatches?> PeekAsync(int maxRows, CancellationToken cancellationToken);

    /// <summary>
    /// Removes what was peeked at. When the disk does not let it, the batches are not peeked at again while this
    /// process lives, and come again, harmlessly, in the next.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The disk does not remove them now.</exception>
    ValueTask RemoveAsync(SpooledBatches batches, CancellationToken cancellationToken);

    /// <summary>Removes what was appended before a time.</summary>
    /// <returns>The rows that were removed.</returns>
    /// <exception cref="StoreUnavailableException">The disk does not remove them now.</exception>
    ValueTask<long> ExpireAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
