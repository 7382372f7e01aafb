namespace Maestro.Telemetry.Forecasting.Errors;

/// <summary>
/// How large an error is to be expected, up to a factor that the error table finds. Where no value is negative, errors
/// grow with the expected value, but do not vanish with it; where any value is possible they do not depend on it.
/// </summary>
/// <param name="Constant">What does not depend on the expected value; in the unit of the series.</param>
/// <param name="Slope">Share of the expected value, 0 to 1.</param>
internal readonly record struct ErrorScale(double Constant, double Slope)
{
    private const double Proportional = 0.8;

    public double At(double expected) => Constant + (Slope * Math.Max(0, expected));

    /// <param name="values">The history; NaN where missing.</param>
    /// <param name="period">Differences over this many steps say how much the series changes.</param>
    /// <param name="bounds">The bounds of the series.</param>
    public static ErrorScale Of(ReadOnlySpan<double> values, int period, ValueBounds bounds)
    {
        var (level, levels, change, changes) = (0.0, 0, 0.0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                continue;
            }

            (level, levels) = (level + Math.Abs(values[i]), levels + 1);
            if (i >= period && !double.IsNaN(values[i - period]))
            {
                (change, changes) = (change + Math.Abs(values[i] - values[i - period]), changes + 1);
            }
        }

        var mean = levels == 0 ? 0 : level / levels;
        return bounds.Lowest >= 0
            ? new((1 - Proportional) * mean, Proportional)
            : new(change > 0 ? change / changes : mean, 0);
    }
}
