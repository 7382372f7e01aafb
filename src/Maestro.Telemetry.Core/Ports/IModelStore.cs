using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Ports;

/// <summary>
/// Keeps the newest fitted model of each group and resource. What is lost is fitted anew. Safe for concurrent use.
/// </summary>
public interface IModelStore : IAsyncDisposable
{
    /// <summary>Keeps a model in place of the one before.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was kept; what was kept before stands.</exception>
    Task SaveAsync(SavedModel model, CancellationToken cancellationToken);

    /// <summary>The model of a group and resource; null when none is kept.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read now.</exception>
    Task<SavedModel?> LoadAsync(SecurityGroupId group, Resource resource, CancellationToken cancellationToken);

    /// <summary>Forgets a model. False when there was none.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was deleted.</exception>
    Task<bool> DeleteAsync(SecurityGroupId group, Resource resource, CancellationToken cancellationToken);
}
