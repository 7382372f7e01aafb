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

    /// <summary>Makes ranks of errors; a missing error takes its place by the rank of the step before.</summary>
    /// <param name="errors">Row-major, paths × steps, relative to what makes them alike; NaN when unknown.</param>
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
            var missing = count;
            for (var path = 0; path < count; path++)
            {
                var error = errors[(path * steps) + step];
                var at = float.IsNaN(error) ? --missing : known++;
                (keys[at], order[at]) = (error, path);
            }

            Array.Sort(keys, order, 0, known);
            if (known < count)
            {
                PlaceMissing(ranks, steps, step, keys, order, known);
            }

            for (var i = 0; i < count; i++)
            {
                ranks[(order[i] * steps) + step] = (byte)((i + 0.5) * 256 / count);
            }
        }

        return new() { Steps = steps, Ranks = ranks };
    }

    /// <summary>Puts the missing, which follow the known, among them in order.</summary>
    private static void PlaceMissing(byte[] ranks, int steps, int step, float[] keys, int[] order, int known)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = i < known
                ? (i + 0.5f) * 256 / known
                : step == 0 ? (i - known + 0.5f) * 256 / (keys.Length - known) : ranks[(order[i] * steps) + step - 1];
        }

        Array.Sort(keys, order);
    }

    /// <summary>
    /// Paths that keep their rank throughout: when nothing is known of the dependence between steps, it is taken as
    /// complete.
    /// </summary>
    public static PathRanks Parallel(int steps)
    {
        const int Count = 64;
        var ranks = new byte[Count * steps];
        for (var path = 0; path < Count; path++)
        {
            ranks.AsSpan(path * steps, steps).Fill((byte)((path + 0.5) * 256 / Count));
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
