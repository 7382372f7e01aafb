using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>A group up to a horizon.</summary>
internal sealed record ReportColumn(string Group, int Horizon, ForecastScore Score);
