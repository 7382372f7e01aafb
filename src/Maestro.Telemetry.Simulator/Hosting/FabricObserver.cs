using System.Collections.Immutable;
using System.Globalization;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.Simulator.Hosting;

/// <summary>
/// Looks at the deployed topology with its own eyes: it holds it against the rules of the scenario, whatever the
/// Orchestrators let pass, and notes what changes. A rule that stays broken is one breach.
/// </summary>
public sealed class FabricObserver(Scenario scenario)
{
    private readonly Lock _gate = new();
    private readonly HashSet<(BreachKind Kind, string Subject)> _broken = [];
    private readonly List<Breach> _breaches = [];
    private readonly List<ObservedChange> _changes = [];
    private FabricView? _last;

    /// <summary>Every breach since the start, in order of time.</summary>
    public ImmutableArray<Breach> Breaches
    {
        get
        {
            lock (_gate)
            {
                return [.. _breaches];
            }
        }
    }

    /// <summary>Every change since the start, in order of time.</summary>
    public ImmutableArray<ObservedChange> Changes
    {
        get
        {
            lock (_gate)
            {
                return [.. _changes];
            }
        }
    }

    public void Observe(FabricView view)
    {
        lock (_gate)
        {
            if (_last is { } last && (view.Version < last.Version || view.Time < last.Time))
            {
                return;
            }

            Note(view);
            Check(view);
            _last = view;
        }
    }

    private void Check(FabricView view)
    {
        var found = Found(view).ToList();
        _broken.IntersectWith(found.Select(b => (b.Kind, b.Subject)));
        _breaches.AddRange(found.Where(b => _broken.Add((b.Kind, b.Subject))));
    }

    private IEnumerable<Breach> Found(FabricView view)
    {
        var rules = scenario.Rules;
        foreach (var twice in view.Gateways.Where(g => g.Group != 0).GroupBy(g => g.Serial).Where(s => s.Count() > 1))
        {
            var groups = string.Join(", ", twice.Select(g => g.Group));
            yield return new(view.Time, BreachKind.DoubleMembership, twice.Key, $"{twice.Key} is in groups {groups}.");
        }

        foreach (var group in scenario.Groups)
        {
            var subject = group.Id.ToString(CultureInfo.InvariantCulture);
            var members = view.MembersOf(group.Id).ToList();
            var fullest = members.GroupBy(g => g.Site).Select(s => s.Count()).DefaultIfEmpty().Max();
            if (fullest > rules.MaxMembersPerSite)
            {
                yield return new(view.Time, BreachKind.SiteCap, subject,
                    $"Group {subject} has {fullest} members on one site; {rules.MaxMembersPerSite} are allowed.");
            }

            if (members.Count > rules.MaxMembersPerGroup)
            {
                yield return new(view.Time, BreachKind.GroupCap, subject,
                    $"Group {subject} has {members.Count} members; {rules.MaxMembersPerGroup} are allowed.");
            }

            if (members.Count < group.MinMembers)
            {
                yield return new(view.Time, BreachKind.BelowMinimum, subject,
                    $"Group {subject} has {members.Count} members; {group.MinMembers} is its minimum.");
            }
        }
    }

    private void Note(FabricView view)
    {
        if (_last is not { } last)
        {
            return;
        }

        foreach (var now in view.Gateways)
        {
            var before = last.Find(now.Serial)!;
            var moved = now.Group != before.Group;
            if (moved && before.Group != 0)
            {
                Add(ObservedChangeKind.Removed, before.Group);
            }

            if (moved && now.Group != 0)
            {
                Add(ObservedChangeKind.Deployed, now.Group);
            }

            if (now.State == SgmState.Active && (moved || before.State != SgmState.Active))
            {
                Add(ObservedChangeKind.Joined, now.Group);
            }
            else if (!moved && before.State == SgmState.Active && now.State != SgmState.Active)
            {
                Add(ObservedChangeKind.Failed, now.Group);
            }

            void Add(ObservedChangeKind kind, int group) => _changes.Add(new(view.Time, kind, now.Serial, group));
        }
    }
}
