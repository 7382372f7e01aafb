using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Fabrics;

/// <summary>
/// Counts what must never be seen: a group over a cap, or below its minimum after it had reached it. It looks at the
/// deployed fabric, not at what was planned. (An SGM in two groups does not get here: no snapshot can hold it.)
/// </summary>
internal sealed class BreachMonitor(IOptions<FabricOptions> options)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _standing = new(StringComparer.Ordinal);
    private readonly HashSet<int> _reachedMinimum = [];
    private long _count;

    /// <summary>Breaches that began since the start.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Breaches that stand now, in sentences.</summary>
    public IReadOnlyList<string> Standing
    {
        get
        {
            lock (_gate)
            {
                return [.. _standing.Order(StringComparer.Ordinal)];
            }
        }
    }

    public void Observe(FabricSnapshot fabric)
    {
        lock (_gate)
        {
            var now = Find(fabric).ToHashSet(StringComparer.Ordinal);
            Interlocked.Add(ref _count, now.Count(breach => !_standing.Contains(breach)));
            _standing.Clear();
            _standing.UnionWith(now);
        }
    }

    private IEnumerable<string> Find(FabricSnapshot fabric)
    {
        var limits = options.Value.Limits;
        foreach (var group in fabric.Groups)
        {
            var members = fabric.MembersOf(group.Id).ToList();
            var policy = options.Value.Groups.FirstOrDefault(g => g.Id == group.Id.Value);
            var maximum = Math.Min(policy?.Maximum ?? limits.MaxMembersPerGroup, limits.MaxMembersPerGroup);
            if (members.Count > maximum)
            {
                yield return $"Group {group.Id} is above its maximum of {maximum} SGMs.";
            }

            foreach (var site in members.GroupBy(m => m.Site).Where(s => s.Count() > limits.MaxMembersPerSite))
            {
                yield return $"Group {group.Id} is above the cap of {limits.MaxMembersPerSite} SGMs on site {site.Key}.";
            }

            if (policy is not null && IsBelowMinimum(group.Id.Value, members.Count, policy.Minimum))
            {
                yield return $"Group {group.Id} is below its minimum of {policy.Minimum} SGMs.";
            }
        }
    }

    private bool IsBelowMinimum(int group, int members, int minimum)
    {
        if (members >= minimum)
        {
            _reachedMinimum.Add(group);
            return false;
        }

        return _reachedMinimum.Contains(group);
    }
}
