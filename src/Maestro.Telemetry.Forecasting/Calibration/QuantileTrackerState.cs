namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>A saved <see cref="QuantileTracker"/>; as made, one that has seen nothing.</summary>
internal sealed record QuantileTrackerState
{
    public double[] Terms { get; init; } = [1, 1, 1, 0, 1, 1, 1, 1];

    public int Count { get; init; }

    public double Inner { get; init; } = double.NaN;

    public double Planned { get; init; } = double.NaN;

    public double Wide { get; init; } = double.NaN;
}
