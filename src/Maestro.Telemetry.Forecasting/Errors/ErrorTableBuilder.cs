namespace Maestro.Telemetry.Forecasting.Errors;

/// <summary>Measures how far past forecasts were off.</summary>
internal static class ErrorTableBuilder
{
    /// <summary>Fewer errors than this say too little: the horizon takes those of the one before, widened.</summary>
    private const int EnoughErrors = 20;

    /// <summary>The error of a forecast nothing is known about, in scales, at one standard deviation.</summary>
    private const double UnknownError = 0.5;

    /// <param name="values">The series.</param>
    /// <param name="paths">Past forecasts of it.</param>
    /// <param name="longest">The longest horizon.</param>
    /// <param name="mirrored">True when errors may as well go the other way next time.</param>
    /// <param name="cancel">Stops the work.</param>
    public static ErrorTable Build(
        ReadOnlySpan<double> values, IPastPaths paths, int longest, bool mirrored, CancellationToken cancel)
    {
        var horizons = HorizonBuckets.UpTo(longest);
        var marginal = new ErrorSample[horizons.Length];
        var maximum = new ErrorSample[horizons.Length];
        for (var i = 0; i < horizons.Length; i++)
        {
            marginal[i] = new(paths.Count);
            maximum[i] = new(paths.Count);
        }

        var ranks = new PathSample(paths, values.Length, longest);
        var expected = new double[longest];
        var scale = new double[longest];
        for (var path = 0; path < paths.Count; path++)
        {
            cancel.ThrowIfCancellationRequested();
            var origin = paths.Origin(path);
            var steps = Math.Min(longest, values.Length - 1 - origin);
            paths.Write(path, expected.AsSpan(0, steps), scale.AsSpan(0, steps));
            var actual = values.Slice(origin + 1, steps);
            Measure(actual, expected, scale, horizons, marginal, maximum);
            ranks.Offer(path, actual, expected, scale);
        }

        foreach (var sample in mirrored ? marginal : [])
        {
            sample.Mirror();
        }

        var span = paths.Count == 0 ? 0 : paths.Origin(paths.Count - 1) - paths.Origin(0) + 1;
        return new()
        {
            Horizons = horizons,
            Marginal = Tabulate(marginal, horizons, span),
            Maximum = Tabulate(maximum, horizons, span),
            Ranks = ranks.Rank(),
        };
    }

    private static void Measure(
        ReadOnlySpan<double> actual,
        double[] expected,
        double[] scale,
        int[] horizons,
        ErrorSample[] marginal,
        ErrorSample[] maximum)
    {
        var (peak, highest, missing, bucket) = (0, double.NegativeInfinity, 0, 0);
        for (var step = 0; step < actual.Length; step++)
        {
            peak = expected[step] > expected[peak] ? step : peak;
            missing += double.IsNaN(actual[step]) ? 1 : 0;
            highest = actual[step] > highest ? actual[step] : highest;
            if (horizons[bucket] != step + 1)
            {
                continue;
            }

            if (!double.IsNaN(actual[step]))
            {
                marginal[bucket].Add(actual[step] - expected[step], scale[step]);
            }

            // A window with holes may hide its maximum.
            if (missing * 10 <= step + 1)
            {
                maximum[bucket].Add(highest - expected[peak], scale[peak]);
            }

            bucket++;
        }
    }

    private static double[] Tabulate(ErrorSample[] samples, int[] horizons, int span)
    {
        var grid = LevelGrid.Levels;
        var table = new double[horizons.Length * grid.Length];
        for (var i = 0; i < horizons.Length; i++)
        {
            var row = table.AsSpan(i * grid.Length, grid.Length);
            if (samples[i].Count >= EnoughErrors)
            {
                samples[i].Quantiles(grid, (double)Math.Max(1, span) / horizons[i], row);
            }
            else if (i > 0)
            {
                var growth = Math.Sqrt((double)horizons[i] / horizons[i - 1]);
                Scale(table.AsSpan((i - 1) * grid.Length, grid.Length), growth, row);
            }
            else
            {
                UnknownErrors(row);
            }
        }

        return table;
    }

    private static void Scale(ReadOnlySpan<double> from, double factor, Span<double> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = from[i] * factor;
        }
    }

    private static void UnknownErrors(Span<double> row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            // The logistic distribution with unit variance: its quantile function is closed, its tails are wide.
            var level = LevelGrid.Levels[i];
            row[i] = UnknownError * Math.Sqrt(3) / Math.PI * Math.Log(level / (1 - level));
        }
    }
}
