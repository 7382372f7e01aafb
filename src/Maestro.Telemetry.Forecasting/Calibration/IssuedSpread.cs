namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>The middle and the standard deviation of a forecast that waits for what happens; NaN when there is none.</summary>
internal readonly record struct IssuedSpread(double Median, double Deviation)
{
    /// <summary>Of a step of a forecast at the tracked levels.</summary>
    public static IssuedSpread Of(QuantileForecast forecast, int step)
    {
        if (step >= forecast.Steps)
        {
            return new(double.NaN, double.NaN);
        }

        var row = forecast.Marginal.AsSpan(step * TrackedLevels.Count, TrackedLevels.Count);
        return new(
            row[TrackedLevels.Median],
            (row[TrackedLevels.High] - row[TrackedLevels.Low]) / TrackedLevels.InnerWidth);
    }

    /// <summary>How far off it was, in standard deviations; NaN when the value is missing or there was no doubt.</summary>
    public double Error(double value) => Deviation > 0 ? Math.Abs(value - Median) / Deviation : double.NaN;
}
