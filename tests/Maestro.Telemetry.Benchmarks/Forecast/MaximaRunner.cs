using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>
/// How often the highest value of the coming 30 and 60 minutes stayed at or below the .95 quantile forecast for it: each
/// case is fitted once, follows what happens, and forecasts window after window that do not overlap.
/// </summary>
internal sealed class MaximaRunner(FallbackChain chain, int jobs)
{
    public const double Level = 0.95;

    public static IReadOnlyList<int> Minutes { get; } = [30, 60];

    public List<MaximaScore> Run(IReadOnlyList<ForecastCase> cases, CancellationToken cancellationToken) =>
        [.. cases.Where(static one => one.Daily >= 288).AsParallel().AsOrdered()
            .WithDegreeOfParallelism(jobs).WithCancellation(cancellationToken)
            .SelectMany(one => Minutes.Select(minutes => Follow(one, minutes, cancellationToken)))];

    /// <summary>Share covered and mean loss over scale: the mean over the series of a group.</summary>
    public static (double Coverage, double Loss, int Windows) Column(
        IEnumerable<MaximaScore> scores, string group, int minutes)
    {
        var series = scores.Where(s => s.Group == group && s.Minutes == minutes).GroupBy(s => s.Series)
            .Select(g => (Windows: g.Sum(s => s.Windows), Covered: g.Sum(s => s.Covered), Loss: g.Sum(s => s.Loss)))
            .Where(static s => s.Windows > 0)
            .ToList();
        return series.Count == 0 ? (double.NaN, double.NaN, 0) : (
            series.Average(static s => (double)s.Covered / s.Windows),
            series.Average(static s => s.Loss / s.Windows),
            series.Sum(static s => s.Windows));
    }

    private MaximaScore Follow(ForecastCase one, int minutes, CancellationToken cancellationToken)
    {
        var window = minutes * one.Daily / 1_440;
        var score = new MaximaScore(one.Group, one.Series, minutes, 0, 0, 0);
        if (chain.Fit(one.Training(), cancellationToken).Model is not { } model)
        {
            return score;
        }

        for (var from = 0; from + window <= one.Test.Length; from += window)
        {
            var happened = one.Test.AsSpan(from, window);
            var peak = Peak(happened);
            if (!double.IsNaN(peak))
            {
                var quantile = model.Forecast(window, [Level], cancellationToken).PathMaximum[^1];
                score = score with
                {
                    Windows = score.Windows + 1,
                    Covered = score.Covered + (Coverage.Holds(peak, quantile) ? 1 : 0),
                    Loss = score.Loss + (Pinball.Loss(peak, quantile, Level) / one.Scale.Absolute),
                };
            }

            foreach (var value in happened)
            {
                model.Observe(value);
            }
        }

        return score;
    }

    /// <summary>The highest value; NaN when any is missing, since it may have been the highest.</summary>
    private static double Peak(ReadOnlySpan<double> window)
    {
        var peak = window[0];
        foreach (var value in window)
        {
            peak = Math.Max(peak, value);
        }

        return peak;
    }
}
