namespace Maestro.Telemetry.Forecasting.Errors;

/// <summary>
/// Empirical quantiles of scaled forecast errors by horizon: of the value at the horizon and of the maximum up to it;
/// and how errors hang together along the horizon.
/// </summary>
internal sealed record ErrorTable
{
    /// <summary>Ascending; the last one is the longest horizon that can be forecast.</summary>
    public required int[] Horizons { get; init; }

    /// <summary>Row-major, horizons × <see cref="LevelGrid"/>.</summary>
    public required double[] Marginal { get; init; }

    /// <summary>Row-major, horizons × <see cref="LevelGrid"/>.</summary>
    public required double[] Maximum { get; init; }

    /// <summary>The ranks of past errors at every step.</summary>
    public required PathRanks Ranks { get; init; }

    /// <summary>Turns an expected path into quantiles that do not cross.</summary>
    public QuantileForecast Apply(
        ReadOnlySpan<double> expected,
        ReadOnlySpan<double> scale,
        IReadOnlyList<double> levels,
        ValueBounds bounds)
    {
        QuantileLevels.Guard(levels);
        Guard(expected.Length);
        var marginal = new double[expected.Length * levels.Count];
        var maximum = new double[expected.Length * levels.Count];
        var peak = 0;
        for (var step = 0; step < expected.Length; step++)
        {
            peak = expected[step] > expected[peak] ? step : peak;
            var (bucket, share) = HorizonBuckets.Locate(Horizons, step + 1);
            for (var level = 0; level < levels.Count; level++)
            {
                var at = (step * levels.Count) + level;
                var error = Lookup(Marginal, bucket, share, levels[level]);
                marginal[at] = bounds.Clamp(expected[step] + (scale[step] * error));
                error = Lookup(Maximum, bucket, share, levels[level]);
                var value = Math.Max(marginal[at], bounds.Clamp(expected[peak] + (scale[peak] * error)));
                maximum[at] = step == 0 ? value : Math.Max(value, maximum[at - levels.Count]);
                if (level > 0)
                {
                    // Rounding alone makes equal quantiles cross.
                    marginal[at] = Math.Max(marginal[at], marginal[at - 1]);
                    maximum[at] = Math.Max(maximum[at], maximum[at - 1]);
                }
            }
        }

        return new(levels, marginal, maximum);
    }

    /// <summary>Turns an expected path into paths that have its quantiles at every step.</summary>
    public SamplePaths Paths(ReadOnlySpan<double> expected, ReadOnlySpan<double> scale, ValueBounds bounds)
    {
        Guard(expected.Length);
        var grid = new double[expected.Length * LevelGrid.Count];
        for (var step = 0; step < expected.Length; step++)
        {
            var (bucket, share) = HorizonBuckets.Locate(Horizons, step + 1);
            for (var level = 0; level < LevelGrid.Count; level++)
            {
                var error = At(Marginal, bucket, share, level);
                grid[(step * LevelGrid.Count) + level] = bounds.Clamp(expected[step] + (scale[step] * error));
            }
        }

        return Ranks.On(grid, expected.Length);
    }

    private void Guard(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Horizons[^1]);
    }

    private static double Lookup(double[] table, int bucket, double share, double level)
    {
        var (index, part) = LevelGrid.Locate(level);
        var low = At(table, bucket, share, index);
        return part == 0 ? low : low + (part * (At(table, bucket, share, index + 1) - low));
    }

    private static double At(double[] table, int bucket, double share, int level)
    {
        var here = table[(bucket * LevelGrid.Count) + level];
        return share == 0 ? here : here + (share * (table[((bucket + 1) * LevelGrid.Count) + level] - here));
    }
}
