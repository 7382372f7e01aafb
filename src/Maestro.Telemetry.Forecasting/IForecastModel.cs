namespace Maestro.Telemetry.Forecasting;

/// <summary>
/// A way to forecast: makes fitted models from history. Stateless; the same series gives the same fitted model.
/// </summary>
public interface IForecastModel
{
    /// <summary>Stable name, written into forecasts and saved states, for example direct.</summary>
    string Name { get; }

    /// <summary>Learns from a series. A series that the model cannot learn from is refused with a reason.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    FitResult Fit(TrainingSeries series, CancellationToken cancellationToken);

    /// <summary>Rebuilds a fitted model from what its <see cref="IFittedModel.ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a saved state of this model.</exception>
    IFittedModel Restore(string json);
}
