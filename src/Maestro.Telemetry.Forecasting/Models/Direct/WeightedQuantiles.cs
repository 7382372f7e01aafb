using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>Quantiles of values of which some count more than others.</summary>
internal static class WeightedQuantiles
{
    /// <summary>
    /// On the level grid; a value stands for the middle of its weight, and between values it is linear.
    /// </summary>
    /// <param name="values">Sorted in place.</param>
    /// <param name="weights">Above zero, one per value; moved along.</param>
    public static double[] Of(Span<double> values, Span<double> weights)
    {
        values.Sort(weights);
        var middles = new double[values.Length];
        var total = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            total += weights[i];
            middles[i] = total - (0.5 * weights[i]);
        }

        var quantiles = new double[LevelGrid.Count];
        for (var j = 0; j < quantiles.Length; j++)
        {
            quantiles[j] = At(values, middles, LevelGrid.Levels[j] * total);
        }

        return quantiles;
    }

    private static double At(ReadOnlySpan<double> values, double[] middles, double target)
    {
        var above = Array.BinarySearch(middles, target);
        above = above < 0 ? ~above : above;
        if (above == 0 || above == values.Length)
        {
            return values[above == 0 ? 0 : ^1];
        }

        var share = (target - middles[above - 1]) / (middles[above] - middles[above - 1]);
        return values[above - 1] + (share * (values[above] - values[above - 1]));
    }
}
