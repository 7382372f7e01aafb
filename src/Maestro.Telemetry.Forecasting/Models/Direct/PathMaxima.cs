using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>Quantiles of the highest value up to each step, counted over paths.</summary>
internal static class PathMaxima
{
    /// <summary>Every step up to here is counted, after it every eighth of the way; between them it is linear.</summary>
    private const int Dense = 24;

    /// <param name="paths">The paths; changed into their running maxima.</param>
    /// <param name="levels">Quantile levels, ascending.</param>
    /// <param name="marginal">Quantiles of each step, which maxima are never below: steps × levels.</param>
    /// <returns>Row-major, steps × levels.</returns>
    public static double[] Of(SamplePaths paths, IReadOnlyList<double> levels, double[] marginal)
    {
        var maxima = new double[marginal.Length];
        var highest = new double[paths.Count];
        var sorted = new double[paths.Count];
        Array.Fill(highest, double.NegativeInfinity);
        var counted = -1;
        for (var step = 0; step < paths.Steps; step++)
        {
            for (var path = 0; path < highest.Length; path++)
            {
                highest[path] = Math.Max(highest[path], paths.Values[(path * paths.Steps) + step]);
            }

            if (step < Dense || step == paths.Steps - 1 || step - counted >= step / 8)
            {
                highest.CopyTo(sorted, 0);
                Array.Sort(sorted);
                for (var level = 0; level < levels.Count; level++)
                {
                    maxima[(step * levels.Count) + level] = Quantiles.OfSorted(sorted, levels[level]);
                }

                Bridge(maxima, counted, step, levels.Count);
                counted = step;
            }
        }

        Order(maxima, marginal, levels.Count);
        return maxima;
    }

    private static void Bridge(double[] maxima, int from, int to, int levels)
    {
        for (var step = from + 1; step < to; step++)
        {
            for (var level = 0; level < levels; level++)
            {
                var (low, high) = (maxima[(from * levels) + level], maxima[(to * levels) + level]);
                maxima[(step * levels) + level] = low + ((high - low) * (step - from) / (to - from));
            }
        }
    }

    /// <summary>A maximum is not below a value it is of, nor below that of a shorter window or a lower level.</summary>
    private static void Order(double[] maxima, double[] marginal, int levels)
    {
        for (var at = 0; at < maxima.Length; at++)
        {
            maxima[at] = Math.Max(maxima[at], marginal[at]);
            maxima[at] = at >= levels ? Math.Max(maxima[at], maxima[at - levels]) : maxima[at];
            maxima[at] = at % levels > 0 ? Math.Max(maxima[at], maxima[at - 1]) : maxima[at];
        }
    }
}
