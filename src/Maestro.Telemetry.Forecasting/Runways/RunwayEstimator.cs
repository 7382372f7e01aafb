using Maestro.Telemetry.Forecasting.Errors;
using Maestro.Telemetry.Series;
using MathNet.Numerics.Distributions;

namespace Maestro.Telemetry.Forecasting.Runways;

/// <summary>
/// When demand reaches a limit, if it goes on growing as it did. What grows is the peak of a week: whole weeks have the
/// season of the day and of the week in them, so that it is not mistaken for growth. A season of the year cannot be told
/// from growth with less than two years.
/// </summary>
/// <remarks>
/// The line is that of Theil and Sen, see <see cref="Line"/>. The interval comes from a bootstrap of the distances of the weeks
/// from the line, drawn in blocks of neighbouring weeks, the last followed by the first (Politis and Romano 1992, "A circular
/// block-resampling procedure for stationary data"), of the length n^⅓ (Hall, Horowitz and Jing 1995, "On blocking rules for
/// the bootstrap with dependent data", https://doi.org/10.1093/biomet/82.3.561). Of few weeks that alone is too narrow: the line
/// takes two degrees of freedom from the distances, blocks hold a share of the spread within them, and the spread itself is
/// an estimate, as in Student's distribution. The distances are drawn so much wider.
/// </remarks>
public static class RunwayEstimator
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Estimates from a series with a step of at most a day; NaN where nothing is known.</summary>
    /// <param name="series">The demand, best as the peak of each hour.</param>
    /// <param name="limit">What it must not reach; above zero.</param>
    /// <param name="options">How to estimate.</param>
    public static RunwayEstimate Of(TimeSeries series, double limit, RunwayOptions options)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FewestWeeks, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(series.Step, TimeSpan.FromDays(1));
        var peaks = WeeklyPeaks.Of(series, options);
        double[] steps = [.. Enumerable.Range(0, peaks.Length).Where(i => !double.IsNaN(peaks[i])).Select(i => (double)i)];
        double[] values = [.. peaks.Where(p => !double.IsNaN(p))];
        var nothing = new RunwayEstimate
        {
            Status = RunwayStatus.TooShort,
            Weeks = values.Length,
            WeeksNeeded = options.FewestWeeks,
        };
        if (values.Length < options.FewestWeeks)
        {
            return nothing;
        }

        var line = Line.Through(steps, values);
        var last = peaks.Length - 1;
        var drawn = Draw(steps, values, line, options);
        var tail = (1 - options.Confidence) / 2;
        var dates = Sorted(drawn.Select(l => WeeksUntil(l, last, limit)));
        var farthest = Math.Min(options.Farthest / Week, options.FarthestTimes * values.Length);
        var slopes = Sorted(drawn.Select(l => l.Slope));
        var found = nothing with
        {
            TellsAhead = farthest * Week,
            Level = line.At(last),
            PerWeek = line.Slope,
            PerWeekLow = Quantiles.OfSorted(slopes, tail),
            PerWeekHigh = Quantiles.OfSorted(slopes, 1 - tail),
            Earliest = Date(Low(dates, tail)),
        };
        var reaches = Date(WeeksUntil(line, last, limit));
        return found.Level >= limit
            ? found with { Status = RunwayStatus.Reached, Earliest = null }
            : found.PerWeekLow <= 0
                ? found with { Status = RunwayStatus.NoGrowth }
                : reaches is null
                    ? found with { Status = RunwayStatus.Far }
                    : found with { Status = RunwayStatus.Growing, Reaches = reaches, Latest = Date(High(dates, 1 - tail)) };

        DateTimeOffset? Date(double weeks) => weeks <= farthest ? series.End + (weeks * Week) : null;
    }

    /// <summary>From the last week on; infinite for a line that does not rise, and 0 when it is there.</summary>
    private static double WeeksUntil(Line line, int last, double limit) =>
        line.At(last) >= limit ? 0 : line.Slope > 0 ? (limit - line.At(last)) / line.Slope : double.PositiveInfinity;

    private static List<Line> Draw(double[] steps, double[] values, Line line, RunwayOptions options)
    {
        var count = values.Length;
        var block = Math.Max(1, (int)Math.Round(Math.Cbrt(count)));
        var wider = Wider(count, block, options.Confidence);
        double[] distances = [.. values.Select((v, i) => (v - line.At(steps[i])) * wider)];
        var chance = new BlockChance(options.Seed);
        var drawn = new double[count];
        var lines = new List<Line>(options.Draws);
        for (var draw = 0; draw < options.Draws; draw++)
        {
            for (var at = 0; at < count; at += block)
            {
                var first = chance.Next(count);
                for (var i = at; i < Math.Min(count, at + block); i++)
                {
                    drawn[i] = line.At(steps[i]) + distances[(first + i - at) % count];
                }
            }

            lines.Add(Line.Through(steps, drawn));
        }

        return lines;
    }

    private static double Wider(double count, int block, double confidence)
    {
        var upper = (1 + confidence) / 2;
        return Math.Sqrt(count / (count - 2) * count / (count - block))
            * StudentT.InvCDF(0, 1, count - 2, upper) / Normal.InvCDF(0, 1, upper);
    }

    private static double[] Sorted(IEnumerable<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted;
    }

    // Order statistics, because nothing lies between a date and never.
    private static double Low(double[] sorted, double level) => sorted[(int)Math.Floor(level * (sorted.Length - 1))];

    private static double High(double[] sorted, double level) => sorted[(int)Math.Ceiling(level * (sorted.Length - 1))];
}
