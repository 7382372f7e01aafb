using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Forecasting;

/// <summary>
/// People keep their hours by the clock on the wall. When it is changed, yesterday's noon is 23 or 25 hours ago, and a
/// profile of the day would be an hour late for weeks.
/// </summary>
public static class WallClock
{
    /// <summary>
    /// Moves what was before a change of the clock, so that a time of day is the same slot everywhere: in spring an
    /// hour is missing then, in autumn the first of the two equal hours is left out. The end stays where it is.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="zone">Whose clock is kept.</param>
    public static TimeSeries Align(TimeSeries series, TimeZoneInfo zone)
    {
        if (series.Count == 0 || !zone.SupportsDaylightSavingTime)
        {
            return series;
        }

        var now = zone.GetUtcOffset(series.TimeAt(series.Count - 1));
        var aligned = new double[series.Count];
        Array.Fill(aligned, double.NaN);
        for (var i = 0; i < aligned.Length; i++)
        {
            var ahead = zone.GetUtcOffset(series.TimeAt(i)) - now;
            var at = i + (int)Math.Round(ahead / series.Step);
            if (at >= 0 && at < aligned.Length)
            {
                aligned[at] = series.Values.Span[i];
            }
        }

        return series with { Values = aligned };
    }

    /// <summary>Whether the clock was changed between two moments, so that what was aligned before is no longer.</summary>
    public static bool IsChanged(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to) =>
        zone.GetUtcOffset(from) != zone.GetUtcOffset(to);

    /// <summary>
    /// Steps from the end of one aligned series to that of another by their times of day: an hour more or less when the clock
    /// was changed between them.
    /// </summary>
    /// <param name="zone">Whose clock is kept.</param>
    /// <param name="step">The step of both.</param>
    /// <param name="from">The end of one, just after its last step.</param>
    /// <param name="to">The end of the other; negative steps when it is earlier.</param>
    public static int Steps(TimeZoneInfo zone, TimeSpan step, DateTimeOffset from, DateTimeOffset to) =>
        (int)Math.Round((to - from + (zone.GetUtcOffset(to - step) - zone.GetUtcOffset(from - step))) / step);
}
