namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>
/// Demand stays what it was last. Intervals are what that missed by in the past; with too little past, a half of the
/// value at one standard deviation. The last resort: it refuses only a series without any value.
/// </summary>
public sealed class NaiveModel : IForecastModel
{
    public const string ModelName = "naive";

    public string Name => ModelName;

    public FitResult Fit(TrainingSeries series, CancellationToken cancellationToken)
    {
        var values = series.Learnable();
        return Array.Exists(values, double.IsFinite)
            ? LastCycle.Fit(Name, series, values, 1, cancellationToken)
            : FitResult.Refused("the series holds no known value");
    }

    public IFittedModel Restore(string json) => LastCycle.Restore(Name, json);
}
