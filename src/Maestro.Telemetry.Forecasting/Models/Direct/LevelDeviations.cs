namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>How far each value is from what was usual.</summary>
internal static class LevelDeviations
{
    /// <summary>
    /// The logarithm of value over expectation, by the days before or by the same time of week, whichever explains the
    /// value better: what yesterday or last week had is nothing new.
    /// </summary>
    public static double[] Of(ReadOnlySpan<double> values, SeasonLayout layout)
    {
        var days = new SlotAverage(layout.Day, 0.2);
        var weeks = layout.Week > 0 ? new SlotAverage(layout.Week, 0.4) : null;
        var floor = Floor(values);
        var deviations = new double[values.Length];
        for (var t = 0; t < values.Length; t++)
        {
            var byDay = Deviation(values[t], t, days, floor);
            var byWeek = weeks is null ? double.NaN : Deviation(values[t], t, weeks, floor);
            deviations[t] = Math.Abs(byWeek) < Math.Abs(byDay) ? byWeek : byDay;
            days.Append(values[t]);
            weeks?.Append(values[t]);
        }

        return deviations;
    }

    private static double Deviation(double value, int t, SlotAverage slots, double floor) => t < slots.Period
        ? double.NaN
        : Math.Log((value + floor) / (slots.Values[t - slots.Period] + floor));

    /// <summary>A fiftieth of the mean: ratios of next to nothing mean nothing.</summary>
    private static double Floor(ReadOnlySpan<double> values)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in values)
        {
            (sum, count) = double.IsNaN(value) ? (sum, count) : (sum + value, count + 1);
        }

        return count == 0 ? 0 : 0.02 * sum / count;
    }
}
