namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>The values that there can be.</summary>
/// <param name="Lowest">Nothing below; negative infinity when any value is possible.</param>
/// <param name="Highest">Nothing above; positive infinity when any value is possible.</param>
internal readonly record struct ValueBounds(double Lowest, double Highest)
{
    public static ValueBounds Of(TrainingSeries series) => new(series.Lowest, series.Highest);

    public double Clamp(double value) => Math.Clamp(value, Lowest, Highest);
}
