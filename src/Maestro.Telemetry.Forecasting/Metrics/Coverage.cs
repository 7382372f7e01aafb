namespace Maestro.Telemetry.Forecasting.Metrics;

/// <summary>How often what happened stayed within what was forecast.</summary>
public static class Coverage
{
    /// <summary>The share of known actuals at or below their quantile, 0 to 1. NaN when none is known.</summary>
    public static double Share(ReadOnlySpan<double> actual, ReadOnlySpan<double> quantile)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(quantile.Length, actual.Length, nameof(quantile));
        var (covered, count) = (0, 0);
        for (var i = 0; i < actual.Length; i++)
        {
            if (!double.IsNaN(actual[i]))
            {
                covered += Holds(actual[i], quantile[i]) ? 1 : 0;
                count++;
            }
        }

        return count == 0 ? double.NaN : (double)covered / count;
    }

    /// <summary>True when an actual is at or below the quantile, rounding apart: exact forecasts are covered.</summary>
    public static bool Holds(double actual, double quantile) =>
        actual <= quantile + (1e-9 * Math.Max(Math.Abs(actual), Math.Abs(quantile)));

    /// <summary>
    /// The interval that a true share lies in, given a measured one (Wilson, 1927, "Probable inference, the law of
    /// succession, and statistical inference", JASA 22:209-212, https://doi.org/10.1080/01621459.1927.10502953).
    /// </summary>
    /// <param name="share">The measured share, 0 to 1.</param>
    /// <param name="count">Independent trials; above 0.</param>
    /// <param name="deviations">Standard deviations either side: 1.96 for 95 % confidence.</param>
    public static (double Low, double High) Interval(double share, int count, double deviations = 1.96)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var square = deviations * deviations;
        var centre = (share + (square / (2 * count))) / (1 + (square / count));
        var half = deviations / (1 + (square / count))
            * Math.Sqrt((share * (1 - share) / count) + (square / (4.0 * count * count)));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
