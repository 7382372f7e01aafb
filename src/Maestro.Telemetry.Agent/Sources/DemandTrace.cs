using System.Collections.Immutable;
using System.Globalization;

namespace Maestro.Telemetry.Agent;

/// <summary>
/// A recorded demand: points in order of time, read from CSV with the header <c>timestamp,value</c> or
/// <c>timestamp,value,anomaly</c>. Between two points the demand is on the line through them.
/// </summary>
public sealed class DemandTrace
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    private DemandTrace(ImmutableArray<TracePoint> points)
    {
        Points = points;
        Peak = points.Max(p => p.Value);
        Step = points[1].Timestamp - points[0].Timestamp;
    }

    /// <summary>At least two points; the timestamps grow.</summary>
    public ImmutableArray<TracePoint> Points { get; }

    /// <summary>The largest value; above zero.</summary>
    public double Peak { get; }

    /// <summary>The time from the first point to the second.</summary>
    public TimeSpan Step { get; }

    public DateTimeOffset Start => Points[0].Timestamp;

    public DateTimeOffset End => Points[^1].Timestamp;

    /// <summary>
    /// One turn of the trace when it is looped: from the first point to the last, and one step back again.
    /// </summary>
    public TimeSpan Period => End - Start + Step;

    /// <summary>Reads a trace to its end. Empty lines are passed over.</summary>
    /// <exception cref="FormatException">
    /// The text is not such a trace; the message names the line and what to do.
    /// </exception>
    public static DemandTrace Parse(TextReader reader)
    {
        var points = ImmutableArray.CreateBuilder<TracePoint>();
        var columns = 0;
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (columns == 0)
            {
                columns = ParseHeader(line, number);
                continue;
            }

            var point = ParsePoint(line, number, columns);
            if (points.Count > 0 && point.Timestamp <= points[^1].Timestamp)
            {
                throw Error(number, $"{point.Timestamp:O} is not after the line before it; sort the lines by time.");
            }

            points.Add(point);
        }

        return points.Count < 2 || !points.Any(p => p.Value > 0)
            ? throw new FormatException(
                $"The trace has {points.Count} points; it needs at least two, and one value above 0.")
            : new(points.DrainToImmutable());
    }

    /// <summary>The demand so long after the start of the trace, in the trace's own unit.</summary>
    /// <param name="offset">From the first point; when looped, any; else within the trace.</param>
    /// <param name="loop">Whether the trace begins again after its <see cref="Period"/>.</param>
    /// <returns>Null when the trace is not looped and has not begun or is over.</returns>
    public double? ValueAt(TimeSpan offset, bool loop)
    {
        if (loop)
        {
            var ticks = offset.Ticks % Period.Ticks;
            offset = new(ticks < 0 ? ticks + Period.Ticks : ticks);
        }
        else if (offset < TimeSpan.Zero || offset > End - Start)
        {
            return null;
        }

        var time = Start + offset;
        var next = IndexAfter(time);
        var left = Points[next - 1];

        // Past the last point of a looped trace, the line leads back to the first.
        var (right, at) = next < Points.Length ? (Points[next], Points[next].Timestamp) : (Points[0], Start + Period);
        var share = (time - left.Timestamp) / (at - left.Timestamp);
        return left.Value + (share * (right.Value - left.Value));
    }

    private static int ParseHeader(string line, int number) => line.Trim().ToUpperInvariant() switch
    {
        "TIMESTAMP,VALUE" => 2,
        "TIMESTAMP,VALUE,ANOMALY" => 3,
        _ => throw Error(number, $"the header is '{Shorten(line)}'; it must be 'timestamp,value[,anomaly]'."),
    };

    private static TracePoint ParsePoint(string line, int number, int columns)
    {
        var fields = line.Split(',', StringSplitOptions.TrimEntries);
        if (fields.Length != columns)
        {
            throw Error(number, $"it has {fields.Length} fields, but the header has {columns}.");
        }

        if (!DateTimeOffset.TryParse(fields[0], CultureInfo.InvariantCulture, Utc, out var timestamp))
        {
            throw Error(number, $"the timestamp is '{Shorten(fields[0])}'; write it as 2026-01-31T23:55:00Z.");
        }

        if (!double.TryParse(fields[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || !double.IsFinite(value) || value < 0)
        {
            throw Error(number, $"the value is '{Shorten(fields[1])}'; it must be a number of at least 0.");
        }

        if (columns == 3 && fields[2] is not ("0" or "1"))
        {
            throw Error(number, $"the anomaly is '{Shorten(fields[2])}'; it must be 0 or 1.");
        }

        return new(timestamp, value, columns == 3 && fields[2] == "1");
    }

    private static FormatException Error(int line, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Line {line}: {problem}"));

    private static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

    // The first point that is later than the time; the time is never before the first point.
    private int IndexAfter(DateTimeOffset time)
    {
        var (low, high) = (1, Points.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Points[middle].Timestamp > time ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
