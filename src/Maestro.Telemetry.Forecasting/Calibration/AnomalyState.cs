namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>A saved <see cref="AnomalyWatch"/>.</summary>
internal sealed record AnomalyState
{
    /// <summary>Scores of the newest known values, oldest first.</summary>
    public double[] Scores { get; init; } = [];

    public bool Alert { get; init; }

    public long Alerts { get; init; }
}
