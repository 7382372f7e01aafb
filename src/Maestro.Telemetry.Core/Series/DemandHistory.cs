using System.Runtime.InteropServices;

namespace Maestro.Telemetry.Series;

/// <summary>
/// A group's demand by minute and resource. It is a sum over members of what does not depend on how many there are, so
/// that adding or removing an SGM leaves no step in it. Grows at its end; not safe for concurrent use.
/// </summary>
public sealed class DemandHistory(TimeSpan kept)
{
    /// <summary>Weight that must have been heard of, for a minute to count.</summary>
    public const double LeastCoverage = 0.7;

    /// <summary>Minutes that an interval must have, for its mean to count.</summary>
    public const double LeastMinutes = 0.6;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly Resource[] Resources = Enum.GetValues<Resource>();

    private readonly Dictionary<Resource, List<double>> _values = Resources.ToDictionary(r => r, _ => new List<double>());
    private DateTimeOffset _start;

    public int Count => _values[Resource.CpuWork].Count;

    /// <summary>The end of the last minute; the least time there is when there is none.</summary>
    public DateTimeOffset End => Count == 0 ? DateTimeOffset.MinValue : _start + (Minute * Count);

    /// <summary>Adds a minute after the last; minutes left out in between are missing.</summary>
    /// <param name="minute">The beginning of the minute.</param>
    /// <param name="members">Those that were heard of, each once.</param>
    /// <param name="silentWeight">
    /// The weight of ACTIVE members that were not heard of. They are taken to have done as much as the others did.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The minute is before the end.</exception>
    public void Add(DateTimeOffset minute, IReadOnlyList<MemberMinute> members, double silentWeight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minute, End);
        if (Count == 0)
        {
            _start = minute;
        }

        for (var missing = (int)((minute - _start) / Minute) - Count; missing > 0; missing--)
        {
            Append(_ => double.NaN);
        }

        Append(resource => Sum(members, resource, silentWeight));
        Trim();
    }

    /// <summary>The last minutes of a resource, oldest first.</summary>
    public ReadOnlyMemory<double> Last(Resource resource, int minutes) =>
        _values[resource].TakeLast(minutes).ToArray();

    /// <summary>The demand in intervals that are whole multiples of a minute, aligned to the clock.</summary>
    public TimeSeries Series(Resource resource, TimeSpan step, DateTimeOffset from)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, Minute);
        var perStep = (int)(step / Minute);
        var begin = from > _start ? from : _start;
        var start = new DateTimeOffset((begin.UtcTicks + step.Ticks - 1) / step.Ticks * step.Ticks, TimeSpan.Zero);
        var first = Count == 0 ? 0 : (int)((start - _start) / Minute);
        var count = Math.Max(0, (Count - first) / perStep);
        var values = new double[count];
        var minutes = CollectionsMarshal.AsSpan(_values[resource]);
        for (var i = 0; i < count; i++)
        {
            values[i] = Mean(minutes.Slice(first + (i * perStep), perStep));
        }

        return new TimeSeries(start, step, values);
    }

    private static double Sum(IReadOnlyList<MemberMinute> members, Resource resource, double silentWeight)
    {
        var sum = 0.0;
        var heard = 0.0;
        foreach (var member in members)
        {
            var demand = member.Demand(resource);
            if (double.IsFinite(demand))
            {
                sum += demand;
                heard += member.Weight;
            }
        }

        var expected = heard + silentWeight;
        return heard > 0 && heard / expected >= LeastCoverage ? sum * expected / heard : double.NaN;
    }

    private static double Mean(ReadOnlySpan<double> minutes)
    {
        var sum = 0.0;
        var known = 0;
        foreach (var value in minutes)
        {
            if (double.IsFinite(value))
            {
                sum += value;
                known++;
            }
        }

        return known > 0 && known >= LeastMinutes * minutes.Length ? sum / known : double.NaN;
    }

    private void Append(Func<Resource, double> value)
    {
        foreach (var resource in Resources)
        {
            _values[resource].Add(value(resource));
        }
    }

    // In slices of a day, so that the rest is not moved with each minute.
    private void Trim()
    {
        var excess = Count - (int)(kept / Minute);
        if (excess < 1_440)
        {
            return;
        }

        foreach (var values in _values.Values)
        {
            values.RemoveRange(0, excess);
        }

        _start += Minute * excess;
    }
}
