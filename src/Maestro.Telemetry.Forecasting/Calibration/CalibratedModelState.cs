namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>A saved <see cref="CalibratedModel"/>.</summary>
internal sealed record CalibratedModelState
{
    /// <summary>The name of the model that is corrected.</summary>
    public required string Model { get; init; }

    /// <summary>Its saved state.</summary>
    public required string State { get; init; }

    public required CalibrationState Calibration { get; init; }

    public required double Lowest { get; init; }

    public required double Highest { get; init; }
}
