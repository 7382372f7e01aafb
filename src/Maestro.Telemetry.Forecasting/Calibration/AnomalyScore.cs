using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>How unusual a value is, given the quantiles that were issued for it.</summary>
public static class AnomalyScore
{
    /// <summary>Scores end here: what is further outside is no more certain to be wrong.</summary>
    public const double Largest = 8;

    /// <summary>
    /// The probability integral transform of a value: the forecast probability of values below it, in (0, 1).
    /// </summary>
    /// <inheritdoc cref="Of"/>
    public static double Pit(double value, IReadOnlyList<double> levels, ReadOnlySpan<double> quantiles) =>
        NormalCurve.Share(Of(value, levels, quantiles));

    /// <summary>
    /// The same as the number of standard deviations that a normal value would be away: negative below the median,
    /// beyond ±2.58 outside of 99 %. Beyond the outermost quantiles it grows with the distance, at the pace of the
    /// distribution's own tail; at most <see cref="Largest"/>.
    /// </summary>
    /// <param name="value">The value; known.</param>
    /// <param name="levels">Quantile levels, ascending, in (0, 1), with the median among them.</param>
    /// <param name="quantiles">One per level, ascending.</param>
    public static double Of(double value, IReadOnlyList<double> levels, ReadOnlySpan<double> quantiles)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(quantiles.Length, levels.Count);
        return OfScores(value, [.. levels.Select(NormalCurve.Quantile)], quantiles);
    }

    /// <param name="value">The value; known.</param>
    /// <param name="scores">The levels on the standard normal distribution, ascending, with zero among them.</param>
    /// <param name="quantiles">One per level, ascending.</param>
    internal static double OfScores(double value, ReadOnlySpan<double> scores, ReadOnlySpan<double> quantiles)
    {
        var first = 0;
        while (first < quantiles.Length && Below(quantiles[first], value))
        {
            first++;
        }

        var last = first;
        while (last < quantiles.Length && !Below(value, quantiles[last]))
        {
            last++;
        }

        // On one or more quantiles: amid them, since equal quantiles leave it open where the value belongs.
        if (last > first)
        {
            return (scores[first] + scores[last - 1]) / 2;
        }

        if (first == 0 || first == quantiles.Length)
        {
            return Beyond(value, scores, quantiles);
        }

        var share = (value - quantiles[first - 1]) / (quantiles[first] - quantiles[first - 1]);
        return scores[first - 1] + (share * (scores[first] - scores[first - 1]));
    }

    private static double Beyond(double value, ReadOnlySpan<double> scores, ReadOnlySpan<double> quantiles)
    {
        var (outer, next) = value < quantiles[0] ? (0, 1) : (quantiles.Length - 1, quantiles.Length - 2);
        var median = 0;
        while (scores[median] < -1e-6)
        {
            median++;
        }

        // Heavy tails are wide at their end; a tail that was cut is told by the whole side.
        var score = scores[outer];
        var slope = Math.Max(
            Math.Abs((quantiles[outer] - quantiles[next]) / (score - scores[next])),
            Math.Abs((quantiles[outer] - quantiles[median]) / (score - scores[median])));
        return Math.Clamp(score + ((value - quantiles[outer]) / slope), -Largest, Largest);
    }

    private static bool Below(double a, double b) => a < b && !Coverage.Holds(b, a);
}
