using Maestro.Telemetry.Forecasting.Models;
using Maestro.Telemetry.Forecasting.Models.Direct;
using Maestro.Telemetry.Forecasting.Models.Theta;

namespace Maestro.Telemetry.Forecasting;

/// <summary>Tries models in order until one can learn the series.</summary>
/// <param name="models">Best first.</param>
public sealed class FallbackChain(IReadOnlyList<IForecastModel> models)
{
    /// <summary>
    /// Direct, then direct-lite (which takes over when the time is up), theta, seasonal-naive and naive, each cheaper
    /// than the one before.
    /// </summary>
    public static FallbackChain Default { get; } = new(
    [
        new DirectModel(),
        DirectModel.Lite,
        new ThetaModel(),
        new SeasonalNaiveModel(),
        new NaiveModel(),
    ]);

    /// <summary>Fits the first model that takes the series.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public ChainResult Fit(TrainingSeries series, CancellationToken cancellationToken) =>
        Fit(series, CancellationToken.None, cancellationToken);

    /// <summary>
    /// Fits the first model that takes the series in time. The model at work when the budget runs out is refused; those
    /// after it are cheaper, and have all the time they need.
    /// </summary>
    /// <param name="series">What to learn from.</param>
    /// <param name="budget">Cancelled when the time for this series is used up.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public ChainResult Fit(TrainingSeries series, CancellationToken budget, CancellationToken cancellationToken)
    {
        var refusals = new List<string>();
        foreach (var model in models)
        {
            var (fitted, refusal) = Try(model, series, ref budget, cancellationToken);
            if (refusal is null)
            {
                return refusals.Count == 0
                    ? new(FitStatus.Fitted, fitted, $"{model.Name} was fitted")
                    : new(FitStatus.FellBack, fitted, $"{model.Name} was fitted because {Join(refusals)}");
            }

            refusals.Add($"{model.Name} was refused: {refusal}");
        }

        return new(FitStatus.NoModel, null, $"no model was fitted: {Join(refusals)}");
    }

    /// <summary>Rebuilds a saved model: one of the chain's, or any other of <see cref="ForecastModels"/>.</summary>
    /// <param name="name">The <see cref="IFittedModel.Name"/> of the saved model.</param>
    /// <param name="json">What its <see cref="IFittedModel.ToJson"/> gave.</param>
    /// <exception cref="FormatException">No model is called that, or the text is not its saved state.</exception>
    public IFittedModel Restore(string name, string json) =>
        models.FirstOrDefault(model => model.Name == name)?.Restore(json) ?? ForecastModels.Restore(name, json);

    private static (IFittedModel? Model, string? Refusal) Try(
        IForecastModel model,
        TrainingSeries series,
        ref CancellationToken budget,
        CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget, cancellationToken);
        try
        {
            var result = model.Fit(series, either.Token);
            return (result.Model, result.Refusal ?? Unusable(result.Model!, either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            budget = CancellationToken.None;
            return (null, "its time budget was used up");
        }
    }

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
