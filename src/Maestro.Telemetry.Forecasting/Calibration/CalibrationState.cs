namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>A saved <see cref="OnlineCalibration"/>.</summary>
internal sealed record CalibrationState
{
    /// <summary>Steps observed; says which horizons issue next.</summary>
    public int Position { get; init; }

    /// <summary>The window whose maximum is planned with, in steps.</summary>
    public int Window { get; init; } = 1;

    /// <summary>By horizon, ascending.</summary>
    public required HorizonState[] Horizons { get; init; }

    /// <summary>When, in the season, forecasts err more than at other times.</summary>
    public ErrorsOfDayState Errors { get; init; } = new();

    public AnomalyState Anomaly { get; init; } = new();

    /// <summary>The same at an earlier time of the season.</summary>
    /// <param name="steps">How much earlier; below 0 for later.</param>
    public CalibrationState Back(int steps) => this with { Errors = Errors.Back(steps) };
}
