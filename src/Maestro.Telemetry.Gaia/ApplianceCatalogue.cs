using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Gaia;

/// <summary>What an SGM of each model is worth, from configuration: the Orchestrator gives only the model's name.</summary>
public sealed class ApplianceCatalogue
{
    private readonly Dictionary<string, ApplianceModel> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly int _referenceCores;

    /// <param name="models">The models that are known.</param>
    /// <param name="referenceCores">Cores of the SGM whose weight is 1.</param>
    public ApplianceCatalogue(IEnumerable<ApplianceModelOptions> models, int referenceCores)
    {
        _referenceCores = referenceCores;
        foreach (var model in models)
        {
            var weight = model.Weight ?? (double)model.Cores / referenceCores;
            _byName[model.Name] = new(model.Name, model.Cores, weight);
        }
    }

    /// <summary>The model of that name; one that is not configured counts as one reference SGM.</summary>
    /// <param name="note">Says so, and what to do; null for a configured model.</param>
    public ApplianceModel Resolve(string name, out string? note)
    {
        if (_byName.TryGetValue(name, out var model))
        {
            note = null;
            return model;
        }

        note = $"The model '{name}' is not configured and counts as one reference SGM of {_referenceCores} cores; "
            + $"add it to {GaiaOptions.SectionName}:ApplianceModels.";
        return new(name, _referenceCores, 1.0);
    }
}
