using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>What one model came to.</summary>
internal sealed record ForecastReport
{
    public required string Model { get; init; }

    /// <summary>Forecasts by the model that made them, the fallbacks too.</summary>
    public IReadOnlyDictionary<string, int>? Made { get; init; }

    public IReadOnlyList<ReportColumn>? Columns { get; init; }

    /// <summary>The plain mean of the columns but M4.</summary>
    public ForecastScore? Mean { get; init; }

    public M4Score? M4 { get; init; }

    public IReadOnlyList<RobustnessRow>? Robustness { get; init; }

    public IReadOnlyList<MaximaColumn>? Maxima { get; init; }

    public TimingResult? Timing { get; init; }

    public RefitResult? Refit { get; init; }

    public IReadOnlyList<GateResult> Gates { get; init; } = [];
}
