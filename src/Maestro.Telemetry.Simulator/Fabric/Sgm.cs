using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.Simulator.Fabric;

/// <summary>One SGM of the fabric. Its state is a function of the time, so that nothing has to tick.</summary>
internal sealed class Sgm(ScenarioGateway origin, ScenarioModel model)
{
    private DateTimeOffset _drainUntil = DateTimeOffset.MinValue;
    private DateTimeOffset _readyAt = DateTimeOffset.MinValue;
    private DateTimeOffset _activeAt = DateTimeOffset.MinValue;
    private bool _joinFails;
    private SgmState? _forced;
    private int _joins;

    public ScenarioGateway Origin { get; } = origin;

    public ScenarioModel Model { get; } = model;

    public string Serial => Origin.Serial;

    public int Group { get; private set; } = origin.Group;

    public int MemberId { get; set; }

    public int PendingGroup { get; set; } = origin.Group;

    public string Description { get; set; } = "";

    public string PendingDescription { get; set; } = "";

    /// <summary>Makes the next joins fail: the SGM ends DOWN instead of READY.</summary>
    public bool FailJoins { get; set; }

    public SgmState StateAt(DateTimeOffset now)
    {
        if (_forced is { } forced)
        {
            return forced;
        }

        if (now < _drainUntil)
        {
            return SgmState.Down;
        }

        if (Group == 0)
        {
            return SgmState.Unassigned;
        }

        if (now < _readyAt)
        {
            return SgmState.Init;
        }

        if (_joinFails)
        {
            return SgmState.Down;
        }

        return now < _activeAt ? SgmState.Ready : SgmState.Active;
    }

    /// <summary>When the state next changes by time alone.</summary>
    public DateTimeOffset NextChange(DateTimeOffset now) =>
        now < _drainUntil ? _drainUntil
        : Group != 0 && now < _readyAt ? _readyAt
        : Group != 0 && now < _activeAt ? _activeAt
        : DateTimeOffset.MaxValue;

    /// <summary>Deploys it in another group, or in none: it leaves, and then joins.</summary>
    public void Deploy(int group, DateTimeOffset now, JoinProfile profile, ulong seed)
    {
        if (Group != 0)
        {
            _drainUntil = now + profile.Drain;
        }

        Group = group;
        MemberId = 0;
        if (group != 0)
        {
            Join(now > _drainUntil ? now : _drainUntil, profile, seed);
        }
    }

    /// <summary>Holds it in a state that time does not change.</summary>
    public void Force(SgmState state) => _forced = state;

    /// <summary>Gives it back to life: a member joins its group again.</summary>
    public void Revive(DateTimeOffset now, JoinProfile profile, ulong seed)
    {
        if (_forced is null)
        {
            return;
        }

        _forced = null;
        if (Group != 0)
        {
            Join(now, profile, seed);
        }
    }

    private void Join(DateTimeOffset from, JoinProfile profile, ulong seed)
    {
        var time = profile.Draw(seed, Serial, _joins++);
        _readyAt = from + (time * (1 - profile.ReadyShare));
        _activeAt = from + time;
        _joinFails = FailJoins;
    }
}
