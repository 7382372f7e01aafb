using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Imports;

/// <summary>The past of one metric of an SGM, or of a whole group, ready to be stored by minute.</summary>
/// <param name="Name">What it is called in its file.</param>
/// <param name="Serial">The SGM, or <see cref="GatewaySerial.WholeGroup"/>.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Intervals">Means of intervals, each from its time to the next; NaN where unknown. The step is whole minutes.</param>
internal sealed record HistorySeries(string Name, GatewaySerial Serial, MetricId Metric, TimeSeries Intervals)
{
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public bool IsOfWholeGroup => Serial == GatewaySerial.WholeGroup;

    /// <summary>The mean of the interval that the minute is in; NaN where unknown.</summary>
    public double At(DateTimeOffset minute)
    {
        var index = (minute - Intervals.Start).Ticks / Intervals.Step.Ticks;
        return minute >= Intervals.Start && index < Intervals.Count ? Intervals.Values.Span[(int)index] : double.NaN;
    }

    /// <summary>Minutes in [from, to) of which something is known.</summary>
    public long Known(DateTimeOffset from, DateTimeOffset to)
    {
        var minutes = 0L;
        for (var i = 0; i < Intervals.Count; i++)
        {
            if (!double.IsNaN(Intervals.Values.Span[i]))
            {
                var begin = Later(Intervals.TimeAt(i), from);
                var end = Earlier(Intervals.TimeAt(i + 1), to);
                minutes += begin < end ? (long)((end - begin) / Minute) : 0;
            }
        }

        return minutes;
    }

    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    public static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    public static DateTimeOffset Floor(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % Minute.Ticks), TimeSpan.Zero);
}
