namespace Maestro.Telemetry.Forecasting;

/// <summary>How a fitted model fares, in numbers. NaN where nothing was measured yet.</summary>
public sealed record ForecastHealth
{
    /// <summary>Pinball loss of the window maximum over that of seasonal-naive; below 1 is better.</summary>
    public required double PinballRatio { get; init; }

    /// <summary>Share of window maxima at or below the planner's quantile, 0 to 1.</summary>
    public required double WindowCoverage { get; init; }

    /// <summary>
    /// Running share of values between the 10 % and the 90 % quantile issued one window before; 0.8 is exact.
    /// </summary>
    public required double InnerCoverage { get; init; }

    /// <summary>
    /// Running share of values between the 2.5 % and the 97.5 % quantile issued one window before; 0.95 is exact.
    /// </summary>
    public required double WideCoverage { get; init; }

    /// <summary>Running share of window maxima at or below their 95 % quantile; 0.95 is exact.</summary>
    public required double MaximumCoverage { get; init; }

    /// <summary>
    /// What the distance of the 10 % quantile below the median is multiplied with at the window's end; 1 when the model
    /// is right.
    /// </summary>
    public required double LowerFactor { get; init; }

    /// <summary>The same for the 90 % quantile.</summary>
    public required double UpperFactor { get; init; }

    /// <summary>The same for the 95 % quantile of the window maximum.</summary>
    public required double MaximumFactor { get; init; }

    /// <summary>How unusual the newest value was, in standard deviations; negative when it was low.</summary>
    public required double AnomalyScore { get; init; }

    /// <summary>True while several of the newest values were outside of 99 %.</summary>
    public required bool Alert { get; init; }

    /// <summary>Alerts that began since the series is followed.</summary>
    public required long Alerts { get; init; }
}
