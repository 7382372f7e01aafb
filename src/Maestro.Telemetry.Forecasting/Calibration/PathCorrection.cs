namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>Moves sample paths as the quantiles of their steps were moved: each value keeps its rank.</summary>
internal static class PathCorrection
{
    /// <param name="paths">The model's paths.</param>
    /// <param name="raw">The model's quantiles.</param>
    /// <param name="corrected">The same, corrected.</param>
    /// <param name="bounds">The values that there can be.</param>
    public static SamplePaths Apply(
        SamplePaths paths, QuantileForecast raw, QuantileForecast corrected, ValueBounds bounds)
    {
        var values = new double[paths.Values.Length];
        for (var step = 0; step < paths.Steps; step++)
        {
            var row = raw.Levels.Count * step;
            var from = raw.Marginal.AsSpan(row, raw.Levels.Count);
            var to = corrected.Marginal.AsSpan(row, raw.Levels.Count);
            for (var at = step; at < values.Length; at += paths.Steps)
            {
                values[at] = bounds.Clamp(Move(paths.Values[at], from, to));
            }
        }

        return new(paths.Steps, values);
    }

    private static double Move(double value, ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        var above = 0;
        while (above < from.Length && from[above] <= value)
        {
            above++;
        }

        // Beyond the outermost quantile, as far as before.
        if (above == 0 || above == from.Length)
        {
            var outer = above == 0 ? 0 : above - 1;
            return to[outer] + value - from[outer];
        }

        var share = (value - from[above - 1]) / (from[above] - from[above - 1]);
        return to[above - 1] + (share * (to[above] - to[above - 1]));
    }
}
