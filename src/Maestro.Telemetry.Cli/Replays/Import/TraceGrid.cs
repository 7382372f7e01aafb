using Maestro.Telemetry.Cli.Backtests;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>Brings traces onto one grid of time.</summary>
internal static class TraceGrid
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>The time that all of them have.</summary>
    /// <exception cref="FormatException">They differ in step or phase, or have no time in common.</exception>
    public static IReadOnlyList<TimeSeries> Common(IReadOnlyList<(string Name, TimeSeries Series)> traces)
    {
        var (name, first) = traces[0];
        foreach (var (other, series) in traces)
        {
            if (series.Step != first.Step)
            {
                throw new FormatException(
                    $"{name} has a sample each {BacktestView.Say(first.Step)} and {other} one each "
                    + $"{BacktestView.Say(series.Step)}; bring them to the same step.");
            }

            if ((series.Start - first.Start).Ticks % first.Step.Ticks != 0)
            {
                throw new FormatException(
                    $"{name} has samples at {first.Start:u} and so on, {other} at {series.Start:u}; no grid of "
                    + $"{BacktestView.Say(first.Step)} holds both, so move one of them.");
            }
        }

        var start = traces.Max(static t => t.Series.Start);
        var end = traces.Min(static t => t.Series.End);
        return start < end
            ? [.. traces.Select(t => Part(t.Series, start, end))]
            : throw new FormatException(
                $"The traces have no time in common: one ends at {end:u}, one begins at {start:u}; give such of the same time, "
                + "or a scenario with \"align\": \"weeks\".");
    }

    /// <summary>The same series moved by whole weeks, so that it begins in the week after a time.</summary>
    public static TimeSeries MoveByWeeks(TimeSeries series, DateTimeOffset time)
    {
        var weeks = Math.Ceiling((time - series.Start) / Week);
        return series with { Start = series.Start + (weeks * Week) };
    }

    private static TimeSeries Part(TimeSeries series, DateTimeOffset start, DateTimeOffset end)
    {
        var first = (int)((start - series.Start).Ticks / series.Step.Ticks);
        var last = (int)((end - series.Start).Ticks / series.Step.Ticks);
        return new(start, series.Step, series.Values[first..last]);
    }
}
