namespace Maestro.Telemetry.Forecasting.Errors;

/// <summary>
/// Empirical quantiles of scaled forecast errors by horizon: of the value at the horizon and of the maximum up to it.
/// </summary>
internal sealed record ErrorTable
{
    /// <summary>The levels that the quantiles are kept at.</summary>
    public static readonly double[] Grid =
    [
        0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5,
        0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.975, 0.98, 0.985, 0.99, 0.995, 0.9975,
    ];

    /// <summary>Ascending; the last one is the longest horizon that can be forecast.</summary>
    public required int[] Horizons { get; init; }

    /// <summary>Row-major, horizons × grid.</summary>
    public required double[] Marginal { get; init; }

    /// <summary>Row-major, horizons × grid.</summary>
    public required double[] Maximum { get; init; }

    /// <summary>Turns an expected path into quantiles that do not cross.</summary>
    public QuantileForecast Apply(
        ReadOnlySpan<double> expected,
        ReadOnlySpan<double> scale,
        IReadOnlyList<double> levels)
    {
        QuantileLevels.Guard(levels);
        ArgumentOutOfRangeException.ThrowIfLessThan(expected.Length, 1, "steps");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(expected.Length, Horizons[^1], "steps");

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
                marginal[at] = Math.Max(0, expected[step] + (scale[step] * error));
                error = Lookup(Maximum, bucket, share, levels[level]);
                var value = Math.Max(marginal[at], expected[peak] + (scale[peak] * error));
                maximum[at] = step == 0 ? value : Math.Max(value, maximum[at - levels.Count]);
            }
        }

        return new(levels, marginal, maximum);
    }

    private static double Lookup(double[] table, int bucket, double share, double level)
    {
        var here = AtLevel(table.AsSpan(bucket * Grid.Length, Grid.Length), level);
        return share == 0
            ? here
            : here + (share * (AtLevel(table.AsSpan((bucket + 1) * Grid.Length, Grid.Length), level) - here));
    }

    private static double AtLevel(ReadOnlySpan<double> row, double level)
    {
        var index = Array.BinarySearch(Grid, level);
        if (index >= 0)
        {
            return row[index];
        }

        index = ~index;
        if (index == 0 || index == Grid.Length)
        {
            return index == 0 ? row[0] : row[^1];
        }

        var share = (level - Grid[index - 1]) / (Grid[index] - Grid[index - 1]);
        return row[index - 1] + (share * (row[index] - row[index - 1]));
    }
}
