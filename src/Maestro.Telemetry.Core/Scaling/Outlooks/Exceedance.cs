namespace Maestro.Telemetry.Scaling.Outlooks;

/// <summary>How likely a value is to be exceeded, by its quantiles.</summary>
internal static class Exceedance
{
    /// <summary>
    /// The probability that something is above <paramref name="value"/>: linear between the quantiles, and beyond the
    /// last of them falling as it falls between the last two.
    /// </summary>
    /// <param name="levels">Quantile levels, ascending, in (0, 1).</param>
    /// <param name="quantiles">The quantiles at these levels, not descending.</param>
    /// <param name="value">The value.</param>
    /// <returns>In [0, 1]; it never rises with the value.</returns>
    public static double Of(ReadOnlySpan<double> levels, ReadOnlySpan<double> quantiles, double value)
    {
        if (value < quantiles[0])
        {
            return value <= 0 ? 1 : 1 - (levels[0] * value / quantiles[0]);
        }

        for (var i = 1; i < levels.Length; i++)
        {
            if (value < quantiles[i])
            {
                var share = (value - quantiles[i - 1]) / (quantiles[i] - quantiles[i - 1]);
                return 1 - (levels[i - 1] + ((levels[i] - levels[i - 1]) * share));
            }
        }

        return Tail(levels, quantiles, value);
    }

    private static double Tail(ReadOnlySpan<double> levels, ReadOnlySpan<double> quantiles, double value)
    {
        var above = 1 - levels[^1];
        if (levels.Length < 2 || quantiles[^1] <= quantiles[^2])
        {
            return value > quantiles[^1] ? 0 : above;
        }

        var rate = Math.Log((1 - levels[^2]) / above) / (quantiles[^1] - quantiles[^2]);
        return above * Math.Exp(-rate * (value - quantiles[^1]));
    }
}
