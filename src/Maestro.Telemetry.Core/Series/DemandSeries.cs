using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Series;

/// <summary>
/// Demand of a group: what its members carry together. It does not change when members join or leave, so a model of it
/// does not learn the planner's own actions.
/// </summary>
public static class DemandSeries
{
    /// <summary>A longer interval is known when so many of its shorter ones are.</summary>
    public const double NeededShare = 0.6;

    /// <summary>A stretch is known as a whole when so much of it is.</summary>
    private const double LeastKnown = 0.9;

    /// <summary>The metrics that demand is made of, in the order in which <see cref="FromRollup"/> expects them.</summary>
    public static IReadOnlyList<MetricId> Metrics { get; } =
    [
        MetricId.CpuMeanPercent,
        MetricId.ReceivedBitsPerSecond,
        MetricId.ConcurrentConnections,
        MetricId.ConnectionsPerSecond,
        MetricId.MemberState,
    ];

    // The state is neither summed nor averaged: an SGM was active in a minute when it was so once.
    private static readonly MetricId[] Extremes = [MetricId.MemberState];

    /// <summary>What is to be read for <see cref="FromRollup"/>, of all groups.</summary>
    public static RollupQuery Query(DateTimeOffset from, DateTimeOffset to) =>
        new() { From = from, To = to, Metrics = Metrics, Extremes = Extremes };

    /// <summary>Turns a roll-up row with the columns <see cref="Metrics"/> into a sample.</summary>
    /// <exception cref="ArgumentException">The row has other columns.</exception>
    public static MinuteSample FromRollup(in RollupRow row)
    {
        if (row.Values.Count != Metrics.Count)
        {
            throw new ArgumentException(
                $"The row has {row.Values.Count} columns; it must have the {Metrics.Count} of {nameof(Metrics)}.",
                nameof(row));
        }

        var state = row.Values[4];
        return new MinuteSample(
            row.Minute,
            row.Serial,
            row.Group,
            row.Values[0].Mean,
            row.Values[1].Mean,
            row.Values[2].Mean,
            row.Values[3].Mean,
            state.Count == 0 ? null : WasActive(state));
    }

    /// <summary>
    /// The series in longer intervals, on the grid of Unix time: the mean of what is known, NaN where less than
    /// <see cref="NeededShare"/> is.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="step">A multiple of the series' step.</param>
    public static TimeSeries Aggregate(TimeSeries series, TimeSpan step)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (step < series.Step || step.Ticks % series.Step.Ticks != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, $"Must be a multiple of {series.Step}.");
        }

        if (series.Count == 0 || step == series.Step)
        {
            return series with { Step = step };
        }

        var per = (int)(step.Ticks / series.Step.Ticks);
        var start = Floor(series.Start, step);
        var lead = (int)((series.Start - start).Ticks / series.Step.Ticks);
        var values = new double[(lead + series.Count + per - 1) / per];
        var source = series.Values.Span;
        for (var i = 0; i < values.Length; i++)
        {
            var from = Math.Max(0, (i * per) - lead);
            var to = Math.Min(series.Count, ((i + 1) * per) - lead);
            values[i] = MeanOfKnown(source[from..to], per);
        }

        return new TimeSeries(start, step, values);
    }

    /// <summary>The largest of the known values among the last <paramref name="count"/>; NaN when none is known.</summary>
    public static double WorstOfLast(TimeSeries series, int count)
    {
        ArgumentNullException.ThrowIfNull(series);
        var worst = double.NaN;
        foreach (var value in series.Values.Span[^Math.Min(count, series.Count)..])
        {
            worst = double.IsNaN(value) || worst >= value ? worst : value;
        }

        return worst;
    }

    /// <summary>
    /// For how long the newest known value has been the same to the last digit; what is unknown in between does not count
    /// against it. Null when nothing is known, or when it is zero, which idle resources are.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="most">It is not looked further back.</param>
    public static TimeSpan? UnchangedFor(TimeSeries series, TimeSpan most)
    {
        ArgumentNullException.ThrowIfNull(series);
        var values = series.Values.Span;
        var (newest, first) = (-1, -1);
        var last = Math.Max(0, values.Length - 1 - (int)Math.Min(most / series.Step, values.Length));
        for (var i = values.Length - 1; i >= last; i--)
        {
            if (double.IsNaN(values[i]))
            {
                continue;
            }

            newest = newest < 0 ? i : newest;
            if (!values[i].Equals(values[newest]))
            {
                break;
            }

            first = i;
        }

        return newest < 0 || values[newest] == 0 ? null : (newest - first) * series.Step;
    }

    /// <summary>
    /// How many of the newest values are known without one missing among them; it is not counted beyond
    /// <paramref name="most"/>.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="between">Steps between two that are known which may be unknown although no sample was lost.</param>
    /// <param name="most">Above zero.</param>
    public static int KnownInARow(TimeSeries series, int between, int most)
    {
        ArgumentNullException.ThrowIfNull(series);
        var values = series.Values.Span;
        var (known, unknown) = (0, 0);
        for (var i = values.Length - 1; i >= 0 && known < most && unknown <= between; i--)
        {
            (known, unknown) = double.IsNaN(values[i]) ? (known, unknown + 1) : (known + 1, 0);
        }

        return known;
    }

    /// <summary>The share of the newest values that are known, from 0 to 1; of all values when there are fewer.</summary>
    /// <param name="series">The series.</param>
    /// <param name="between">Steps between two that are known which may be unknown although no sample was lost.</param>
    /// <param name="newest">How many steps count; above zero.</param>
    public static double KnownShare(TimeSeries series, int between, int newest)
    {
        ArgumentNullException.ThrowIfNull(series);
        var values = series.Values.Span[^Math.Min(newest, series.Count)..];
        var known = values.Length - values.Count(double.NaN);
        return values.IsEmpty ? 0 : Math.Min(1, (double)known * (between + 1) / values.Length);
    }

    /// <summary>
    /// The largest value of the last <paramref name="window"/>; NaN when the series is shorter, or when more than a tenth of
    /// it is unknown.
    /// </summary>
    public static double WorstOfWhole(TimeSeries series, TimeSpan window)
    {
        ArgumentNullException.ThrowIfNull(series);
        var count = (int)(window / series.Step);
        var known = 0;
        foreach (var value in series.Values.Span[^Math.Min(count, series.Count)..])
        {
            known += double.IsNaN(value) ? 0 : 1;
        }

        return known < count * LeastKnown ? double.NaN : WorstOfLast(series, count);
    }

    // The last interval may be incomplete: it is measured against the whole, so it stays unknown until enough is there.
    private static double MeanOfKnown(ReadOnlySpan<double> values, int whole)
    {
        var known = 0;
        double sum = 0;
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                known++;
                sum += value;
            }
        }

        return known >= NeededShare * whole ? sum / known : double.NaN;
    }

    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan step) =>
        new(time.UtcTicks - ((time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) % step.Ticks), TimeSpan.Zero);

    // A member that became ACTIVE, or ceased to be, within the minute carried a part of the load.
    private static bool WasActive(Rollup state) =>
        state.Min <= (double)MemberState.Active && state.Max >= (double)MemberState.Active;
}
