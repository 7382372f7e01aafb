namespace Maestro.Telemetry.Forecasting.Metrics;

/// <summary>
/// The loss that a quantile forecast minimises (Koenker and Bassett, 1978, "Regression quantiles", Econometrica
/// 46:33-50, https://doi.org/10.2307/1913643).
/// </summary>
public static class Pinball
{
    /// <summary>level × (actual − quantile) when the actual is above, (1 − level) × (quantile − actual) when below.</summary>
    public static double Loss(double actual, double quantile, double level) =>
        actual >= quantile ? level * (actual - quantile) : (1 - level) * (quantile - actual);

    /// <summary>The mean loss; pairs with a missing actual are left out. NaN when none is left.</summary>
    public static double Mean(ReadOnlySpan<double> actual, ReadOnlySpan<double> quantile, double level)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(quantile.Length, actual.Length, nameof(quantile));
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < actual.Length; i++)
        {
            if (!double.IsNaN(actual[i]))
            {
                sum += Loss(actual[i], quantile[i], level);
                count++;
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }
}
