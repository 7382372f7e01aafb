namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>A saved <see cref="HorizonCalibration"/>.</summary>
internal sealed record HorizonState
{
    public required int Horizon { get; init; }

    public QuantileTrackerState Marginal { get; init; } = new();

    public QuantileTrackerState Maximum { get; init; } = new();

    public IssuedQuantiles[] Waiting { get; init; } = [];
}
