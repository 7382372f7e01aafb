using Maestro.Telemetry.Forecasting.Gate;

namespace Maestro.Telemetry.Forecasting;

/// <summary>A model that was fitted and examined, before it goes on from the one that forecast until then.</summary>
/// <param name="Request">What is to be forecast.</param>
/// <param name="Training">What was learned from.</param>
/// <param name="Fit">The model and why it was chosen.</param>
/// <param name="Examined">How it fared on the past; null without a model.</param>
/// <param name="End">The end of the series.</param>
internal sealed record LearnedForecast(
    ForecastRequest Request, TrainingSeries Training, ChainResult Fit, Examination? Examined, DateTimeOffset End);
