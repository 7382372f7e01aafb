namespace Maestro.Telemetry.Forecasting;

/// <summary>The values a series can take; see <see cref="TrainingSeries.Lowest"/> and its counterpart.</summary>
/// <param name="Lowest">What is below counts as missing, and nothing below is forecast.</param>
/// <param name="Highest">Nothing above is forecast.</param>
internal readonly record struct ValueBounds(double Lowest, double Highest)
{
    /// <summary>The value, or NaN when it is impossible or infinite.</summary>
    public double Clean(double value) => TrainingSeries.Clean(value, Lowest);

    public double Clamp(double value) => Math.Max(Lowest, Math.Min(Highest, value));
}
