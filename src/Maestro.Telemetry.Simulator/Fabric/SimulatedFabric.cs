using System.Collections.Immutable;
using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.Simulator.Fabric;

/// <summary>
/// The pretend fabric: one deployed and one pending topology for all its Orchestrators, and the life of its SGMs. Safe
/// for use from several threads; what happens follows from the scenario's seed and the times of the calls.
/// </summary>
public sealed class SimulatedFabric
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Dictionary<string, Sgm> _sgms;
    private readonly ImmutableArray<Sgm> _ordered;
    private readonly List<MembershipChange> _changes = [];
    private FabricView? _view;
    private long _version;

    public SimulatedFabric(Scenario scenario, TimeProvider time)
    {
        Scenario = scenario.Validated();
        _time = time;
        var models = scenario.Models.ToDictionary(m => m.Name, StringComparer.Ordinal);
        _ordered = [.. scenario.Gateways.Select(g => new Sgm(g, models[g.Model]))];
        _sgms = _ordered.ToDictionary(s => s.Serial, StringComparer.Ordinal);
        foreach (var sgm in _ordered.Where(s => s.Group != 0))
        {
            sgm.MemberId = FreeMemberId(sgm.Group);
        }
    }

    /// <summary>Raised after SGMs were deployed elsewhere, on the thread that did it.</summary>
    public event Action<FabricView>? Deployed;

    public Scenario Scenario { get; }

    /// <summary>Everything that was deployed since the start, in order of time.</summary>
    public ImmutableArray<MembershipChange> Changes
    {
        get
        {
            lock (_gate)
            {
                return [.. _changes];
            }
        }
    }

    /// <summary>The fabric now.</summary>
    public FabricView View()
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            return ViewAt(now);
        }
    }

    /// <summary>Stages a place for an SGM in the pending topology.</summary>
    /// <param name="group">0 to free it; null to leave it where it is staged.</param>
    /// <param name="description">Null to leave it.</param>
    /// <returns>Null when it is staged, else what is unknown.</returns>
    public string? Stage(string serial, int? group, string? description = null)
    {
        lock (_gate)
        {
            if (Unknown(serial, group ?? 0) is { } problem)
            {
                return problem;
            }

            var sgm = _sgms[serial];
            sgm.PendingGroup = group ?? sgm.PendingGroup;
            sgm.PendingDescription = description ?? sgm.PendingDescription;
            _version++;
            return null;
        }
    }

    /// <summary>Forgets everything that is staged, whoever staged it.</summary>
    public void Discard()
    {
        lock (_gate)
        {
            foreach (var sgm in _ordered)
            {
                sgm.PendingGroup = sgm.Group;
                sgm.PendingDescription = sgm.Description;
            }

            _version++;
        }
    }

    /// <summary>Deploys everything that is staged, whoever staged it, or nothing.</summary>
    /// <returns>Why it was refused, a sentence each; empty when it is deployed.</returns>
    public ImmutableArray<string> Apply()
    {
        FabricView? deployed;
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var problems = PendingRules.Check(Scenario, ViewAt(now)).ToImmutableArray();
            if (problems is not [])
            {
                return problems;
            }

            var moving = _ordered.Where(s => s.PendingGroup != s.Group).ToList();
            foreach (var sgm in _ordered)
            {
                sgm.Description = sgm.PendingDescription;
            }

            deployed = Deploy([.. moving.Select(s => (s, s.PendingGroup))], now, outOfBand: false);
        }

        Deployed?.Invoke(deployed);
        return [];
    }

    /// <summary>
    /// Deploys one SGM elsewhere at once, past the pending topology and its rules, as a hand at the console would.
    /// </summary>
    /// <returns>Null when it is deployed, else what is unknown.</returns>
    public string? DeployOutOfBand(string serial, int group)
    {
        FabricView? deployed;
        lock (_gate)
        {
            if (Unknown(serial, group) is { } problem)
            {
                return problem;
            }

            var sgm = _sgms[serial];
            if (sgm.PendingGroup == sgm.Group)
            {
                sgm.PendingGroup = group;
            }

            deployed = Deploy(sgm.Group == group ? [] : [(sgm, group)], _time.GetUtcNow(), outOfBand: true);
        }

        Deployed?.Invoke(deployed);
        return null;
    }

    /// <summary>From now on the SGM's joins fail (or no longer do): it ends DOWN in its group.</summary>
    /// <returns>Null when it is so, else what is unknown.</returns>
    public string? FailJoins(string serial, bool fail = true) => Change(serial, (sgm, _) => sgm.FailJoins = fail);

    /// <summary>An SGM breaks, into LOST or DOWN; the others of its group carry its share.</summary>
    /// <returns>Null when it is so, else what is unknown.</returns>
    public string? Break(string serial, SgmState state = SgmState.Lost) =>
        state is SgmState.Lost or SgmState.Down
            ? Change(serial, (sgm, _) => sgm.Force(state))
            : throw new ArgumentOutOfRangeException(nameof(state), state, "An SGM breaks into Lost or Down.");

    /// <summary>A broken SGM comes back; as a member it joins its group again.</summary>
    /// <returns>Null when it is so, else what is unknown.</returns>
    public string? Revive(string serial) =>
        Change(serial, (sgm, now) => sgm.Revive(now, Scenario.Joining, Scenario.Seed));

    private string? Change(string serial, Action<Sgm, DateTimeOffset> change)
    {
        lock (_gate)
        {
            if (Unknown(serial, 0) is { } problem)
            {
                return problem;
            }

            change(_sgms[serial], _time.GetUtcNow());
            _version++;
            return null;
        }
    }

    private string? Unknown(string serial, int group) =>
        !_sgms.ContainsKey(serial) ? $"Gateway [{serial}] not found"
        : group != 0 && Scenario.Groups.All(g => g.Id != group) ? $"Security Group [{group}] not found"
        : null;

    private FabricView Deploy(IReadOnlyList<(Sgm Sgm, int Group)> moves, DateTimeOffset now, bool outOfBand)
    {
        foreach (var (sgm, group) in moves)
        {
            _changes.Add(new(now, sgm.Serial, sgm.Group, group, outOfBand));
            sgm.Deploy(group, now, Scenario.Joining, Scenario.Seed);
        }

        // Only once all have left: an SGM may get the number of one that leaves in the same apply.
        foreach (var (sgm, group) in moves.Where(m => m.Group != 0))
        {
            sgm.MemberId = FreeMemberId(group);
        }

        _version++;
        return ViewAt(now);
    }

    // Counted over the whole group, both sites: the documents say "member number inside the group".
    private int FreeMemberId(int group)
    {
        var taken = _ordered.Where(s => s.Group == group).Select(s => s.MemberId).ToHashSet();
        return Enumerable.Range(1, taken.Count + 1).First(id => !taken.Contains(id));
    }

    private FabricView ViewAt(DateTimeOffset now)
    {
        if (_view is { } view && view.Version == _version && now >= view.Time && now < view.ValidUntil)
        {
            return view;
        }

        var smos = _ordered.Where(s => s.Group != 0 && s.StateAt(now) == SgmState.Active)
            .GroupBy(s => s.Group)
            .Select(members => members.MinBy(s => s.MemberId)!.Serial)
            .ToHashSet(StringComparer.Ordinal);
        var validUntil = _ordered.Min(s => s.NextChange(now));
        return _view = new(now, validUntil, _version, _ordered.Select(s => Snapshot(s, now, smos.Contains(s.Serial))));
    }

    private static SimulatedGateway Snapshot(Sgm sgm, DateTimeOffset now, bool isSmo) => new()
    {
        Serial = sgm.Serial,
        Site = sgm.Origin.Site,
        Model = sgm.Model,
        Group = sgm.Group,
        PendingGroup = sgm.PendingGroup,
        MemberId = sgm.MemberId,
        State = sgm.StateAt(now),
        Description = sgm.Description,
        PendingDescription = sgm.PendingDescription,
        IsSmo = isSmo,
    };
}
