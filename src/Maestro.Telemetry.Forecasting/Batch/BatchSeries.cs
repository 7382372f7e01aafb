namespace Maestro.Telemetry.Forecasting.Batch;

/// <summary>One of many series to forecast.</summary>
/// <param name="Id">Comes back with the forecast.</param>
/// <param name="Series">The history; its MaxHorizon is how far it is forecast. Null when it could not be read.</param>
/// <param name="Refusal">Why there is no series, as a sentence; null when there is one.</param>
public sealed record BatchSeries(string Id, TrainingSeries? Series, string? Refusal = null);
