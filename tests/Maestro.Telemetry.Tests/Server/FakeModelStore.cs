using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Service;

/// <summary>Models in memory, with faults as a test tells.</summary>
internal sealed class FakeModelStore : IModelStore
{
    public Dictionary<(SecurityGroupId, Resource), SavedModel> Models { get; } = [];

    /// <summary>True when nothing can be saved or loaded.</summary>
    public bool Unavailable { get; init; }

    /// <summary>Told after each save.</summary>
    public Action OnSave { get; init; } = () => { };

    public Task SaveAsync(SavedModel model, CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        Models[(model.Group, model.Resource)] = model;
        OnSave();
        return Task.CompletedTask;
    }

    public Task<SavedModel?> LoadAsync(SecurityGroupId group, Resource resource, CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        return Task.FromResult(Models.GetValueOrDefault((group, resource)));
    }

    public Task<bool> DeleteAsync(SecurityGroupId group, Resource resource, CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        return Task.FromResult(Models.Remove((group, resource)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void ThrowIfUnavailable()
    {
        if (Unavailable)
        {
            throw new StoreUnavailableException("The disk is full.");
        }
    }
}
