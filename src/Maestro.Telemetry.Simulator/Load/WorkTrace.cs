using Maestro.Telemetry.Agent;

namespace Maestro.Telemetry.Simulator.Load;

/// <summary>
/// CPU work from a measured trace. The trace is laid onto the calendar by whole weeks (whole days when it is shorter
/// than a week), so that its Monday morning is the simulation's, and starts again when it ends.
/// </summary>
public sealed class WorkTrace
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly double[] _seconds;
    private readonly double[] _work;
    private readonly double _shift;
    private readonly double _length;

    private WorkTrace(double[] seconds, double[] work, double shift, double length)
    {
        _seconds = seconds;
        _work = work;
        _shift = shift;
        _length = length;
    }

    /// <summary>Lays a trace onto the calendar and scales it.</summary>
    /// <param name="points">In order of time, at least two; values of any unit, not negative.</param>
    /// <param name="from">The simulated time that the trace should reach back to.</param>
    /// <param name="work">The CPU work that the 99.9th percentile of the trace becomes; above 0.</param>
    public static WorkTrace Create(
        IReadOnlyList<(DateTimeOffset Timestamp, double Value)> points, DateTimeOffset from, double work)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points.Count, 2, nameof(points));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(work);
        var first = points[0].Timestamp;
        var span = points[^1].Timestamp - first;
        var unit = span >= Week ? Week : Day;
        var length = span >= unit ? unit * Math.Floor(span / unit) : span;
        var shift = unit * Math.Floor((from - first) / unit);
        var scale = work / Percentile([.. points.Select(p => p.Value)], 0.999);
        return new(
            [.. points.Select(p => (p.Timestamp - first).TotalSeconds)],
            [.. points.Select(p => p.Value * scale)],
            Seconds(first + shift),
            length.TotalSeconds);
    }

    /// <summary>Lays a recorded demand onto the calendar, scaled to what a number of SGMs carry comfortably.</summary>
    /// <param name="from">The simulated time that the trace should reach back to.</param>
    /// <param name="units">SGMs of the reference model that the 99.9th percentile of the trace needs; above 0.</param>
    /// <param name="utilization">How busy these are then, as a share; above 0.</param>
    public static WorkTrace ForUnits(DemandTrace trace, DateTimeOffset from, double units, double utilization = 0.7) =>
        Create([.. trace.Points.Select(p => (p.Timestamp, p.Value))], from, units * utilization);

    /// <summary>The CPU work at a time, between two points on the line that joins them.</summary>
    public double At(double unixSeconds)
    {
        var offset = (unixSeconds - _shift) % _length;
        offset = offset < 0 ? offset + _length : offset;
        var found = Array.BinarySearch(_seconds, offset);
        if (found >= 0)
        {
            return _work[found];
        }

        var next = Math.Min(~found, _seconds.Length - 1);
        var before = Math.Max(next - 1, 0);
        var gap = _seconds[next] - _seconds[before];
        var part = gap > 0 ? (offset - _seconds[before]) / gap : 0;
        return _work[before] + ((_work[next] - _work[before]) * part);
    }

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private static double Percentile(double[] values, double share)
    {
        Array.Sort(values);
        var value = values[(int)Math.Ceiling(share * (values.Length - 1))];
        return value > 0
            ? value
            : throw new ArgumentException("The trace has no value above 0; there is no demand in it.");
    }
}
