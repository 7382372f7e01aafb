using Maestro.Telemetry.Forecasting.Models;
using Maestro.Telemetry.Forecasting.Models.Direct;
using Maestro.Telemetry.Forecasting.Models.HoltWinters;
using Maestro.Telemetry.Forecasting.Models.Ssa;
using Maestro.Telemetry.Forecasting.Models.Theta;

namespace Maestro.Telemetry.Forecasting;

/// <summary>The models there are.</summary>
public static class ForecastModels
{
    /// <summary>All models, with the options they have by default, best first.</summary>
    public static IReadOnlyList<IForecastModel> All { get; } =
    [
        new DirectModel(),
        DirectModel.Lite,
        new SsaModel(),
        new ThetaModel(),
        new HoltWintersModel(),
        new SeasonalNaiveModel(),
        new NaiveModel(),
    ];

    /// <summary>Their names, in the same order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(static model => model.Name)];

    /// <summary>The model of that name; null when there is none.</summary>
    public static IForecastModel? ByName(string name) => All.FirstOrDefault(model => model.Name == name);

    /// <summary>Rebuilds a fitted model.</summary>
    /// <param name="name">The <see cref="IFittedModel.Name"/> of the saved model.</param>
    /// <param name="json">What its <see cref="IFittedModel.ToJson"/> gave.</param>
    /// <exception cref="FormatException">No model is called that, or the text is not its saved state.</exception>
    public static IFittedModel Restore(string name, string json) => ByName(name)?.Restore(json)
        ?? throw new FormatException($"No model is called {name}; known are {string.Join("; ", Names)}.");
}
