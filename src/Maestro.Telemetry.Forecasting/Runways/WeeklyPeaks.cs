using Maestro.Telemetry.Forecasting.Errors;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Forecasting.Runways;

/// <summary>The peak of each week, counted back from the end: each has every day of the week once.</summary>
internal static class WeeklyPeaks
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Oldest first; NaN for a week of which too little is known. Begins with a week that is known.</summary>
    public static double[] Of(TimeSeries series, RunwayOptions options)
    {
        var per = (int)Math.Round(Week / series.Step);
        var weeks = series.Count / per;
        var peaks = new List<double>(weeks);
        for (var week = weeks; week >= 1; week--)
        {
            var hours = series.Values.Span.Slice(series.Count - (week * per), per);
            var peak = Peak(hours, options);
            if (peaks.Count > 0 || !double.IsNaN(peak))
            {
                peaks.Add(peak);
            }
        }

        return [.. peaks];
    }

    private static double Peak(ReadOnlySpan<double> values, RunwayOptions options)
    {
        var known = new List<double>(values.Length);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                known.Add(value);
            }
        }

        if (known.Count == 0 || known.Count < options.NeededShare * values.Length)
        {
            return double.NaN;
        }

        known.Sort();
        return Quantiles.OfSorted(known.ToArray(), options.Peak);
    }
}
