namespace Maestro.Telemetry.Forecasting.Batch;

/// <summary>What one series of a batch came to.</summary>
/// <param name="Id">The <see cref="BatchSeries.Id"/>.</param>
/// <param name="Status">How it went.</param>
/// <param name="Model">The model that was fitted; null when none was.</param>
/// <param name="Reason">Which model, and why those before it did not, as a sentence.</param>
/// <param name="Forecast">The quantiles of the series' whole horizon; null when there is no model.</param>
public sealed record BatchForecast(
    string Id,
    FitStatus Status,
    string? Model,
    string Reason,
    QuantileForecast? Forecast);
