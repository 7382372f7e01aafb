using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>How one forecast did up to one horizon.</summary>
internal sealed record CaseScore(string Group, string Series, int Horizon, string Model, ForecastScore Score);
