namespace Maestro.Telemetry.Forecasting.Errors;

/// <summary>
/// How errors hang together along the horizon: for past forecasts, the rank of the error at each step among the errors
/// of that step. Put on a new forecast's quantiles they give paths that keep each step's distribution and the past's
/// dependence between steps (Clark et al. 2004, "The Schaake shuffle", Journal of Hydrometeorology 5:243-262,
/// https://doi.org/10.1175/1525-7541(2004)005&lt;0243:TSSAMF&gt;2.0.CO;2).
/// </summary>
internal sealed record PathRanks
{
    private static readonly (int Index, double Share)[] Places =
        [.. Enumerable.Range(0, 256).Select(static rank => LevelGrid.Locate((rank + 0.5) / 256))];

    /// <summary>Steps of each path.</summary>
    public required int Steps { get; init; }

    /// <summary>Row-major, paths × steps; a rank of r is the quantile level (r + ½) / 256.</summary>
    public required byte[] Ranks { get; init; }

    public int Count => Ranks.Length / Steps;

    /// <summary>Makes ranks of errors; a missing error takes the rank of the step before.</summary>
    /// <param name="errors">Row-major, paths × steps, relative to whatever makes steps and paths alike; NaN when unknown.</param>
    /// <param name="steps">Steps of each path.</param>
    public static PathRanks Of(ReadOnlySpan<float> errors, int steps)
    {
        var count = errors.Length / steps;
        var ranks = new byte[count * steps];
        var order = new int[count];
        var keys = new float[count];
        for (var step = 0; step < steps; step++)
        {
            var known = 0;
            for (var path = 0; path < count; path++)
            {
                var error = errors[(path * steps) + step];
                if (!float.IsNaN(error))
                {
                    (keys[known], order[known]) = (error, path);
                    known++;
                }
                else
                {
                    ranks[(path * steps) + step] = step == 0 ? (byte)127 : ranks[(path * steps) + step - 1];
                }
            }

            Array.Sort(keys, order, 0, known);
            for (var i = 0; i < known; i++)
            {
                ranks[(order[i] * steps) + step] = (byte)((i + 0.5) * 256 / known);
            }
        }

        return new() { Steps = steps, Ranks = ranks };
    }

    /// <summary>Puts the paths on a forecast.</summary>
    /// <param name="grid">Quantiles of each step, row-major, steps × <see cref="LevelGrid"/>.</param>
    /// <param name="steps">How many steps; at most <see cref="Steps"/>.</param>
    public SamplePaths On(ReadOnlySpan<double> grid, int steps)
    {
        var values = new double[Count * steps];
        for (var path = 0; path < Count; path++)
        {
            var ranks = Ranks.AsSpan(path * Steps, steps);
            for (var step = 0; step < steps; step++)
            {
                var (index, share) = Places[ranks[step]];
                var row = grid.Slice((step * LevelGrid.Count) + index, 2);
                values[(path * steps) + step] = row[0] + (share * (row[1] - row[0]));
            }
        }

        return new(steps, values);
    }
}
