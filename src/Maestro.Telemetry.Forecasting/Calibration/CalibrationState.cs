namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>A saved <see cref="OnlineCalibration"/>.</summary>
internal sealed record CalibrationState
{
    /// <summary>Steps observed; says which horizons issue next.</summary>
    public int Position { get; init; }

    /// <summary>By horizon, ascending.</summary>
    public required HorizonState[] Horizons { get; init; }

    public AnomalyState Anomaly { get; init; } = new();
}
