using System.Collections.Immutable;
using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Replay;

/// <summary>A fabric of one site on which commands that may be carried out are, and SGMs take their time to join.</summary>
internal sealed class ReplayFabric
{
    private static readonly ApplianceModel Unit = new("unit", 1, 1);
    private static readonly Release Release = new("R82");
    private static readonly SiteId Site = new(1);

    private readonly ReplayScenario _scenario;
    private readonly ImmutableArray<SecurityGroup> _groups;
    private readonly SortedDictionary<string, Gateway> _gateways = new(StringComparer.Ordinal);
    private readonly List<ScalingCommand> _commands = [];
    private readonly Dictionary<string, (DateTimeOffset Ends, bool Succeeds)> _running = [];
    private int _joins;

    public ReplayFabric(ReplayScenario scenario)
    {
        _scenario = scenario;
        _groups = [.. scenario.Groups.Select(g => new SecurityGroup { Id = g.Policy.Group, Name = g.Name })];
        foreach (var group in scenario.Groups)
        {
            for (var member = 1; member <= scenario.InitialUnits(group); member++)
            {
                Add(group.Policy.Group, member);
            }
        }

        for (var free = 0; free < scenario.PoolUnits; free++)
        {
            Add(null, null);
        }
    }

    public int ServingOf(SecurityGroupId id) =>
        _gateways.Values.Count(g => g.Group == id && g.State == MemberState.Active);

    /// <summary>Members that serve and those that are joining.</summary>
    public int MembersOf(SecurityGroupId id) => _gateways.Values.Count(g => g.Group == id);

    public FabricSnapshot Read(DateTimeOffset now) => new(now, _groups, _gateways.Values);

    /// <summary>Open commands and those that ended since; older ones are forgotten.</summary>
    public ImmutableArray<ScalingCommand> CommandsSince(DateTimeOffset time)
    {
        _commands.RemoveAll(c => !c.IsOpen && c.UpdatedAt < time);
        return [.. _commands];
    }

    /// <summary>Ends what has had its time.</summary>
    public void Follow(DateTimeOffset now)
    {
        for (var i = 0; i < _commands.Count; i++)
        {
            var command = _commands[i];
            if (command.State == CommandState.Applied && _running[command.Id] is var run && run.Ends <= now)
            {
                _running.Remove(command.Id);
                _commands[i] = End(command, now, run.Succeeds);
            }
            else if (command.State is CommandState.Proposed && command.ExpiresAt <= now)
            {
                _commands[i] = command with { State = CommandState.Expired, UpdatedAt = now };
            }
        }
    }

    /// <summary>Ends commands that the plan calls off and that were not started.</summary>
    public void Withdraw(ImmutableArray<string> ids, DateTimeOffset now)
    {
        for (var i = 0; i < _commands.Count; i++)
        {
            if (ids.Contains(_commands[i].Id) && _commands[i].State is (CommandState.Proposed or CommandState.Approved))
            {
                _commands[i] = _commands[i] with { State = CommandState.Expired, UpdatedAt = now };
            }
        }
    }

    /// <summary>
    /// Takes a plan's commands as the service does: in mode observe they are dropped, in mode recommend they wait for an
    /// answer that does not come, in mode enforce they are carried out. Gives those that were started, and when the SGM
    /// will serve; null when it never does.
    /// </summary>
    public List<(ScalingCommand Command, DateTimeOffset? ServesAt)> Carry(
        ImmutableArray<ScalingCommand> planned, DateTimeOffset now)
    {
        foreach (var command in planned.Where(c => c.Mode is not ScalingMode.Observe))
        {
            _commands.Add(command with
            {
                State = command.Mode is ScalingMode.Enforce ? CommandState.Approved : CommandState.Proposed,
            });
        }

        var started = new List<(ScalingCommand, DateTimeOffset?)>();
        for (var i = 0; i < _commands.Count; i++)
        {
            if (_commands[i].State == CommandState.Approved && (_scenario.JoinsTogether || _running.Count == 0))
            {
                started.Add((_commands[i], Start(_commands[i], now)));
                _commands[i] = _commands[i] with { State = CommandState.Applied, UpdatedAt = now };
            }
        }

        return started;
    }

    private DateTimeOffset? Start(ScalingCommand command, DateTimeOffset now)
    {
        var gateway = _gateways[command.Serial.Value];
        if (command.To is not { } to)
        {
            _gateways[command.Serial.Value] = Free(gateway);
            _running[command.Id] = (now + _scenario.Step, true);
            return null;
        }

        var (time, succeeds) = JoinsOf(to).Draw(_joins++);
        _gateways[command.Serial.Value] = gateway with { Group = to, MemberId = FreeId(to), State = MemberState.Init };
        _running[command.Id] = (now + time, succeeds);
        return succeeds ? now + time : null;
    }

    private JoinTimes JoinsOf(SecurityGroupId id) =>
        _scenario.JoinsOf(_scenario.Groups.First(group => group.Policy.Group == id));

    private ScalingCommand End(ScalingCommand command, DateTimeOffset now, bool succeeds)
    {
        if (command.To is not null)
        {
            var gateway = _gateways[command.Serial.Value];
            _gateways[command.Serial.Value] = succeeds ? gateway with { State = MemberState.Active } : Free(gateway);
        }

        return command with { State = succeeds ? CommandState.Verified : CommandState.Failed, UpdatedAt = now };
    }

    private static Gateway Free(Gateway gateway) =>
        gateway with { Group = null, MemberId = null, State = MemberState.Unassigned };

    private int FreeId(SecurityGroupId id)
    {
        var taken = _gateways.Values.Where(g => g.Group == id).Select(g => g.MemberId).ToHashSet();
        return Enumerable.Range(1, taken.Count + 1).First(member => !taken.Contains(member));
    }

    private void Add(SecurityGroupId? group, int? member)
    {
        var serial = string.Create(CultureInfo.InvariantCulture, $"U{_gateways.Count + 1:D3}");
        _gateways[serial] = new Gateway
        {
            Serial = new(serial),
            Site = Site,
            Group = group,
            MemberId = member,
            Model = Unit,
            Release = Release,
            State = group is null ? MemberState.Unassigned : MemberState.Active,
        };
    }
}
