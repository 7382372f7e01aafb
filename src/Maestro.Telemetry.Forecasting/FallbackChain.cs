using Maestro.Telemetry.Forecasting.Models;

namespace Maestro.Telemetry.Forecasting;

/// <summary>Tries models in order until one can learn the series.</summary>
/// <param name="models">Best first.</param>
public sealed class FallbackChain(IReadOnlyList<IForecastModel> models)
{
    /// <summary>Level-ratio, then seasonal-naive, then naive.</summary>
    public static FallbackChain Default { get; } =
        new([new LevelRatioModel(), new SeasonalNaiveModel(), new NaiveModel()]);

    /// <summary>Fits the first model that takes the series.</summary>
    public ChainResult Fit(TrainingSeries series, CancellationToken cancellationToken)
    {
        var refusals = new List<string>();
        foreach (var model in models)
        {
            var result = model.Fit(series, cancellationToken);
            var refusal = result.Refusal ?? Unusable(result.Model!, cancellationToken);
            if (refusal is null)
            {
                return refusals.Count == 0
                    ? new(FitStatus.Fitted, result.Model, $"{model.Name} was fitted")
                    : new(FitStatus.FellBack, result.Model, $"{model.Name} was fitted because {Join(refusals)}");
            }

            refusals.Add($"{model.Name} was refused: {refusal}");
        }

        return new(FitStatus.NoModel, null, $"no model was fitted: {Join(refusals)}");
    }

    /// <summary>Rebuilds a model saved by any of the chain.</summary>
    /// <param name="name">The <see cref="IFittedModel.Name"/> of the saved model.</param>
    /// <param name="json">What its <see cref="IFittedModel.ToJson"/> gave.</param>
    /// <exception cref="FormatException">The text is not a saved state of that model.</exception>
    public IFittedModel Restore(string name, string json) =>
        models.FirstOrDefault(model => model.Name == name)?.Restore(json)
        ?? throw new FormatException($"No model is called {name}; known are {Join(models.Select(model => model.Name))}.");

    private static string? Unusable(IFittedModel model, CancellationToken cancellationToken)
    {
        var forecast = model.Forecast(model.MaxHorizon, QuantileLevels.Standard, cancellationToken);
        return Array.TrueForAll(forecast.PathMaximum, double.IsFinite)
            && Array.TrueForAll(forecast.Marginal, double.IsFinite)
            ? null
            : "its forecast is not a number";
    }

    private static string Join(IEnumerable<string> parts) => string.Join("; ", parts);
}
