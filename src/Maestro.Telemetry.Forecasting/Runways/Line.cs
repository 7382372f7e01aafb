using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Runways;

/// <summary>A straight line through points, some of which may be far off.</summary>
/// <param name="Slope">Per step.</param>
/// <param name="Level">At step 0.</param>
internal readonly record struct Line(double Slope, double Level)
{
    public double At(double step) => Level + (Slope * step);

    /// <summary>
    /// The median of the slopes between all pairs of points (Theil 1950, "A rank-invariant method of linear and polynomial
    /// regression analysis"; Sen 1968, "Estimates of the regression coefficient based on Kendall's tau",
    /// https://doi.org/10.1080/01621459.1968.10480934), through the median of what is left. Bears 29 % of wild points.
    /// </summary>
    /// <param name="steps">The points' positions, ascending; at least two.</param>
    /// <param name="values">Their values.</param>
    public static Line Through(ReadOnlySpan<double> steps, ReadOnlySpan<double> values)
    {
        var slopes = new double[steps.Length * (steps.Length - 1) / 2];
        var next = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            for (var j = i + 1; j < steps.Length; j++)
            {
                slopes[next++] = (values[j] - values[i]) / (steps[j] - steps[i]);
            }
        }

        var slope = Quantiles.Median(slopes);
        var levels = new double[steps.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            levels[i] = values[i] - (slope * steps[i]);
        }

        return new(slope, Quantiles.Median(levels));
    }
}
