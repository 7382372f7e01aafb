namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>Times on one core, milliseconds.</summary>
internal sealed record TimingResult
{
    public required double FitAndForecastMs { get; init; }

    /// <summary>The same of seasonal-naive.</summary>
    public required double BaselineFitAndForecastMs { get; init; }

    /// <summary>288 steps from a fitted model.</summary>
    public required double PredictMs { get; init; }

    /// <summary>12 steps from a fitted model.</summary>
    public required double PredictHourMs { get; init; }

    /// <summary>One value taken by a fitted model.</summary>
    public required double ObserveMs { get; init; }
}
