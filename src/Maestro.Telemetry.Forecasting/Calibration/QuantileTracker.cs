using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>
/// Follows how often quantiles of one kind and horizon hold, and corrects those to come: a shift of the median, in
/// standard deviations, and for each other level a factor on its distance from the median. Each moves by a small step
/// per outcome, up after a miss and down after a hit, in the proportion that makes it stand still when the level is
/// met (Gibbs and Candès, 2021, "Adaptive conformal inference under distribution shift", NeurIPS 34,
/// https://arxiv.org/abs/2106.00170).
/// </summary>
internal sealed class QuantileTracker
{
    private const double SmallestFactor = 0.5;
    private const double LargestFactor = 3;
    private const double LargestShift = 2;

    /// <summary>Outcomes that the running coverage remembers: two weeks of 5-minute steps.</summary>
    private const int Memory = 4_032;

    public QuantileTracker()
        : this(new())
    {
    }

    /// <exception cref="FormatException">The state tracks other levels.</exception>
    public QuantileTracker(QuantileTrackerState state)
    {
        if (state.Terms.Length != TrackedLevels.Count)
        {
            throw new FormatException(
                $"The saved state has {state.Terms.Length} terms for {TrackedLevels.Count} tracked levels.");
        }

        (Terms, Count, Inner, Planned, Wide) = ([.. state.Terms], state.Count, state.Inner, state.Planned, state.Wide);
    }

    /// <summary>One per tracked level: the shift at the median, factors elsewhere.</summary>
    public double[] Terms { get; }

    /// <summary>Outcomes seen.</summary>
    public int Count { get; private set; }

    /// <summary>Running share of outcomes between the 10 % and the 90 % quantile as issued; NaN at first.</summary>
    public double Inner { get; private set; }

    /// <summary>Running share of outcomes at or below the 95 % quantile as issued; NaN at first.</summary>
    public double Planned { get; private set; }

    /// <summary>Running share of outcomes between the 2.5 % and the 97.5 % quantile as issued; NaN at first.</summary>
    public double Wide { get; private set; }

    public QuantileTrackerState Save() =>
        new() { Terms = [.. Terms], Count = Count, Inner = Inner, Planned = Planned, Wide = Wide };

    /// <summary>Takes what became of a forecast.</summary>
    /// <param name="actual">What happened; known.</param>
    /// <param name="issued">The tracked quantiles as issued.</param>
    /// <param name="rate">The size of a step.</param>
    public void Score(double actual, ReadOnlySpan<double> issued, double rate)
    {
        for (var i = 0; i < TrackedLevels.Count; i++)
        {
            var level = TrackedLevels.All[i];

            // A value on the quantile says nothing about either side: zeros and constants are met exactly.
            var below = Coverage.Holds(actual, issued[i]);
            if (below && Coverage.Holds(issued[i], actual))
            {
                continue;
            }

            var up = (below ? 0 : 1) - (1 - level);
            Terms[i] = i == TrackedLevels.Median
                ? Math.Clamp(Terms[i] + (rate * up), -LargestShift, LargestShift)
                : Math.Clamp(
                    Terms[i] + (i < TrackedLevels.Median ? -rate * up : rate * up), SmallestFactor, LargestFactor);
        }

        Count++;
        var weight = 1.0 / Math.Min(Count, Memory);
        Inner = Mean(Inner, Within(actual, issued[TrackedLevels.Low], issued[TrackedLevels.High]), weight);
        Wide = Mean(Wide, Within(actual, issued[1], issued[^2]), weight);
        Planned = Mean(Planned, Coverage.Holds(actual, issued[TrackedLevels.Planned]), weight);
    }

    private static bool Within(double actual, double low, double high) =>
        Coverage.Holds(low, actual) && Coverage.Holds(actual, high);

    private static double Mean(double mean, bool hit, double weight)
    {
        var value = hit ? 1.0 : 0.0;
        return double.IsNaN(mean) ? value : mean + (weight * (value - mean));
    }
}
