using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>Brings points onto a regular grid of Unix time.</summary>
internal static class PointGrid
{
    /// <summary>Shares of a step by which a point may be late and still belong to the time before it.</summary>
    private const double Jitter = 0.01;

    /// <summary>The usual distance between points; null when there are fewer than two.</summary>
    /// <param name="times">Seconds of Unix time, rising.</param>
    public static TimeSpan? StepOf(IReadOnlyList<double> times)
    {
        if (times.Count < 2)
        {
            return null;
        }

        double[] gaps = [.. times.Zip(times.Skip(1), static (before, after) => after - before).Order()];
        return TimeSpan.FromSeconds(Math.Max(1, Math.Round(gaps[gaps.Length / 2])));
    }

    /// <summary>
    /// The mean of the points of each interval. It stands at the interval's end, when all of it was known, and is missing
    /// where fewer points are there than <see cref="DemandSeries.NeededShare"/> of the usual.
    /// </summary>
    /// <param name="points">Seconds of Unix time and values, rising, at least one.</param>
    /// <param name="step">The grid.</param>
    /// <param name="usual">The usual distance of the points.</param>
    public static TimeSeries Of(IReadOnlyList<(double Time, double Value)> points, TimeSpan step, TimeSpan usual)
    {
        var first = Index(points[0].Time, step);
        var cells = new (double Sum, int Count)[Index(points[^1].Time, step) - first + 1];
        foreach (var (time, value) in points)
        {
            ref var cell = ref cells[Index(time, step) - first];
            cell = double.IsNaN(value) ? cell : (cell.Sum + value, cell.Count + 1);
        }

        var needed = Math.Max(1, DemandSeries.NeededShare * (step / usual));
        var values = cells.Select(cell => cell.Count >= needed ? cell.Sum / cell.Count : double.NaN).ToArray();
        return new(DateTimeOffset.UnixEpoch + (first * step), step, values);
    }

    /// <summary>The same series over a longer or other time, with nothing where it has nothing.</summary>
    public static double[] Over(TimeSeries series, DateTimeOffset start, int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        var offset = (int)Math.Round((series.Start - start) / series.Step);
        for (var i = Math.Max(0, -offset); i < series.Count && i + offset < count; i++)
        {
            values[i + offset] = series.Values.Span[i];
        }

        return values;
    }

    private static int Index(double time, TimeSpan step) =>
        (int)Math.Ceiling((time / step.TotalSeconds) - Jitter);
}
