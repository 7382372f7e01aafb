using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Series;

/// <summary>
/// Adds up per-SGM minutes to the demand of each group, as they come, in order of time. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// A minute in which a member that served has no sample is completed from the other members when those are at least
/// 70 % of the group's weight; else it is unknown (NaN). Members of which nothing was heard for five minutes no longer
/// count, unless <see cref="SetMembers"/> says that they serve. What is known of a group as a whole
/// (<see cref="GatewaySerial.WholeGroup"/>) is its demand in the minutes in which no member has a sample.
/// </remarks>
public sealed class DemandAccumulator
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Func<GatewaySerial, double> _weightOf;
    private readonly int _maxMinutes;
    private readonly SortedDictionary<SecurityGroupId, GroupDemand> _groups = [];
    private readonly Dictionary<GatewaySerial, SecurityGroupId> _lastGroup = [];
    private DateTimeOffset? _open;

    /// <param name="weightOf">What an SGM is worth in reference SGMs; above 0.</param>
    /// <param name="maxMinutes">Minutes kept per group, at least 1. The default is five weeks.</param>
    public DemandAccumulator(Func<GatewaySerial, double> weightOf, int maxMinutes = 5 * 7 * 24 * 60)
    {
        ArgumentNullException.ThrowIfNull(weightOf);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMinutes, 1);
        _weightOf = weightOf;
        _maxMinutes = maxMinutes;
    }

    /// <summary>Groups of which something was heard, ordered.</summary>
    public IReadOnlyCollection<SecurityGroupId> Groups => _groups.Keys;

    /// <summary>The minute that is still being added up; null at first.</summary>
    public DateTimeOffset? OpenMinute => _open;

    /// <summary>Samples that came after their minute was closed, since the start.</summary>
    public long Late { get; private set; }

    /// <summary>Adds one minute of one SGM. A later minute closes the ones before it.</summary>
    /// <returns>False, and nothing added, when the minute is closed already.</returns>
    public bool Add(in MinuteSample sample)
    {
        var minute = FloorToMinute(sample.Minute);
        if (minute < _open)
        {
            Late++;
            return false;
        }

        CloseBefore(minute);
        if (sample.Serial == GatewaySerial.WholeGroup)
        {
            if (sample.Group is { } whole)
            {
                GroupOf(whole, minute).SetTotal(sample);
            }

            return true;
        }

        if (_lastGroup.TryGetValue(sample.Serial, out var before) && before != sample.Group)
        {
            _groups[before].Forget(sample.Serial);
            _lastGroup.Remove(sample.Serial);
        }

        if (sample.Group is { } id)
        {
            _lastGroup[sample.Serial] = id;
            GroupOf(id, minute).Add(sample, _weightOf(sample.Serial));
        }

        return true;
    }

    /// <summary>Closes all minutes before this one, so that a minute in which nobody reported becomes unknown.</summary>
    public void CloseBefore(DateTimeOffset minute)
    {
        minute = FloorToMinute(minute);
        if (minute <= _open)
        {
            return;
        }

        for (var closing = _open; closing < minute; closing += Minute)
        {
            foreach (var group in _groups.Values)
            {
                group.Close(closing.Value, _maxMinutes);
            }
        }

        _open = minute;
    }

    /// <summary>
    /// Says which members of a group are ACTIVE by the topology. From then on a silent one is missing, not gone, until
    /// it is called again.
    /// </summary>
    public void SetMembers(SecurityGroupId group, IEnumerable<GatewaySerial> active)
    {
        ArgumentNullException.ThrowIfNull(active);
        if (_groups.TryGetValue(group, out var demand))
        {
            demand.SetMembers(active.Select(s => KeyValuePair.Create(s, _weightOf(s))));
        }
    }

    /// <summary>The demand in closed minutes; null when nothing was heard of the group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="step">Minutes, or a longer interval made of them.</param>
    public TimeSeries? Series(SecurityGroupId group, Resource resource, TimeSpan step) =>
        _groups.TryGetValue(group, out var demand)
            ? DemandSeries.Aggregate(new TimeSeries(demand.Start, Minute, demand.Values(resource)), step)
            : null;

    private static DateTimeOffset FloorToMinute(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % Minute.Ticks), TimeSpan.Zero);

    private GroupDemand GroupOf(SecurityGroupId id, DateTimeOffset minute)
    {
        if (!_groups.TryGetValue(id, out var demand))
        {
            demand = new GroupDemand(minute);
            _groups.Add(id, demand);
        }

        return demand;
    }
}
