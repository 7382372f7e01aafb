using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Scaling;

/// <summary>Builds planner inputs in few words. Groups have a quiet past, a trusted forecast and fresh samples.</summary>
internal sealed class Scene
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly ApplianceModel Standard = new("9300", 24, 1);
    private readonly List<SecurityGroup> _groups = [];
    private readonly List<Gateway> _gateways = [];
    private readonly List<ScalingPolicy> _policies = [];
    private readonly List<GroupTelemetry> _telemetry = [];
    private readonly List<DemandForecast> _forecasts = [];
    private readonly SortedDictionary<int, GroupMemory> _memory = [];

    public FabricLimits Limits { get; set; } = new();

    public FabricAllowances Allowances { get; set; } = new();

    public List<OrchestratorStatus> Orchestrators { get; } = [];

    public List<ScalingCommand> Commands { get; } = [];

    public List<PauseRecord> Pauses { get; } = [];

    public List<PendingChange> Pending { get; } = [];

    public ForecastHistory Earlier { get; set; } = ForecastHistory.Empty;

    public ChangeBudget Budget { get; set; } = new();

    /// <summary>A group with members on sites 1 and 2 in turn (or on the sites given), and what it needs.</summary>
    public Scene Group(
        int id,
        int members,
        double demand,
        double? forecast = null,
        Func<ScalingPolicy, ScalingPolicy>? policy = null,
        int sites = 1,
        ClusteringMode? mode = null,
        string release = "R82",
        bool trusted = true)
    {
        var group = new SecurityGroupId(id);
        _groups.Add(new SecurityGroup { Id = group, Name = $"group-{id}", Mode = mode });
        for (var i = 0; i < members; i++)
        {
            _gateways.Add(new Gateway
            {
                Serial = new($"G{id}M{i + 1:D2}"),
                Site = new((i % sites) + 1),
                Group = group,
                MemberId = i + 1,
                Model = Standard,
                Release = new(release),
                State = MemberState.Active,
            });
        }

        var basic = new ScalingPolicy { Group = group };
        _policies.Add(policy is null ? basic : policy(basic));
        _telemetry.Add(new GroupTelemetry
        {
            Group = group,
            Demand = ImmutableSortedDictionary<Resource, double>.Empty.Add(Resource.CpuWork, demand),
            NewestSample = Noon.AddSeconds(-5),
            Coverage = 1,
        });
        _forecasts.Add(Forecast(group, forecast ?? demand, trusted));
        Remember(id, 0);
        return this;
    }

    public Scene Pool(int count, int site = 1, string release = "R82", bool licensed = true, string prefix = "FREE")
    {
        for (var i = 0; i < count; i++)
        {
            _gateways.Add(new Gateway
            {
                Serial = new($"{prefix}{site}{i + 1:D2}"),
                Site = new(site),
                Model = Standard,
                Release = new(release),
                State = MemberState.Unassigned,
                Licensed = licensed,
            });
        }

        return this;
    }

    /// <summary>Changes an SGM.</summary>
    public Scene Gateway(string serial, Func<Gateway, Gateway> change)
    {
        var index = _gateways.FindIndex(g => g.Serial.Value == serial);
        _gateways[index] = change(_gateways[index]);
        return this;
    }

    /// <summary>Changes a group.</summary>
    public Scene Change(int id, Func<SecurityGroup, SecurityGroup> change)
    {
        var index = _groups.FindIndex(g => g.Id.Value == id);
        _groups[index] = change(_groups[index]);
        return this;
    }

    /// <summary>Changes what is measured of a group.</summary>
    public Scene Telemetry(int id, Func<GroupTelemetry, GroupTelemetry?> change)
    {
        var index = _telemetry.FindIndex(t => t.Group.Value == id);
        var changed = change(_telemetry[index]);
        _telemetry.RemoveAt(index);
        if (changed is not null)
        {
            _telemetry.Add(changed);
        }

        return this;
    }

    /// <summary>Changes the forecasts of a group.</summary>
    public Scene Forecasts(int id, Func<DemandForecast, DemandForecast?> change)
    {
        var changed = _forecasts
            .Where(f => f.Group.Value == id)
            .Select(change)
            .OfType<DemandForecast>()
            .Concat(_forecasts.Where(f => f.Group.Value != id))
            .ToList();
        _forecasts.Clear();
        _forecasts.AddRange(changed);
        return this;
    }

    /// <summary>Two hours in which the group wanted so many units in each minute.</summary>
    public Scene Remember(int id, double wanted, Func<ImmutableArray<string>, ImmutableArray<string>>? members = null)
    {
        ImmutableArray<string> now =
            [.. _gateways.Where(g => g.Group?.Value == id).Select(g => g.Serial.Value).Order(StringComparer.Ordinal)];
        _memory[id] = new GroupMemory
        {
            Wanted = [.. Enumerable.Range(1, 120).Select(m => new WantedAt(Noon.AddMinutes(m - 121), wanted))],
            Members = members is null ? now : members(now),
        };
        return this;
    }

    public Scene Command(
        string serial, int? from, int? to, CommandState state, DateTimeOffset? updated = null, ScalingMode? mode = null)
    {
        var at = updated ?? Noon.AddMinutes(-3);
        Commands.Add(new ScalingCommand
        {
            Id = $"old-{Commands.Count:D3}",
            Kind = from is null ? CommandKind.Add : to is null ? CommandKind.Remove : CommandKind.Move,
            Serial = new(serial),
            Site = _gateways.First(g => g.Serial.Value == serial).Site,
            From = from is { } f ? new SecurityGroupId(f) : null,
            To = to is { } t ? new SecurityGroupId(t) : null,
            DecisionId = "old",
            Reason = "a test",
            Mode = mode ?? ScalingMode.Recommend,
            State = state,
            CreatedAt = at,
            UpdatedAt = at,
            ExpiresAt = at.AddMinutes(15),
        });
        return this;
    }

    /// <summary>Changes what is remembered of a group.</summary>
    public Scene Memory(int id, Func<GroupMemory, GroupMemory> change)
    {
        _memory[id] = change(_memory[id]);
        return this;
    }

    /// <summary>A forecast of a constant demand from before the newest one, trusted or not.</summary>
    public Scene Before(int id, int minutes, double demand, bool trusted = true)
    {
        var forecast = Forecast(new(id), demand, trusted);
        var at = Noon.AddMinutes(-minutes);
        Earlier = Earlier.With(forecast with { IssuedAt = at, Start = at });
        return this;
    }

    public PlannerInput Input() => new()
    {
        Now = Noon,
        Fabric = new FabricSnapshot(Noon, _groups, _gateways, Orchestrators, Pending),
        Limits = Limits,
        Allowances = Allowances,
        Policies = [.. _policies],
        Telemetry = [.. _telemetry],
        Forecasts = [.. _forecasts],
        Commands = [.. Commands],
        Pauses = [.. Pauses],
        Earlier = Earlier,
        Budget = Budget,
        Memory = new PlannerMemory { Groups = _memory.ToImmutableSortedDictionary() },
    };

    public ScalingPlan Plan()
    {
        var input = Input();
        var plan = ScalingPlanner.Plan(input);
        Assert.Empty(PlanValidator.Check(input, plan));
        return plan;
    }

    public DecisionRecord Decide(int id = 1) => Plan().Decisions.Single(d => d.Group.Value == id);

    /// <summary>A forecast of 5 hours from two minutes ago, with the same quantiles in each interval.</summary>
    public static DemandForecast Forecast(SecurityGroupId group, double demand, bool trusted = true) =>
        Curve(group, _ => demand, trusted);

    /// <summary>A forecast of 5 hours from two minutes ago, with all quantiles at the given demand.</summary>
    public static DemandForecast Curve(SecurityGroupId group, Func<DateTimeOffset, double> demand, bool trusted = true)
    {
        var start = Noon.AddMinutes(-2);
        var step = TimeSpan.FromMinutes(5);
        double[] levels = [0.5, 0.9, 0.95, 0.98];
        var marginal = new double[60 * levels.Length];
        var maximum = new double[60 * levels.Length];
        for (var i = 0; i < 60; i++)
        {
            for (var l = 0; l < levels.Length; l++)
            {
                var cell = (i * levels.Length) + l;
                var value = demand(start + (step * i));
                maximum[cell] = i == 0 ? value : Math.Max(maximum[cell - levels.Length], value);

                // Not one and the same value in all cells: that is what a stuck model gives.
                marginal[cell] = l == 0 && i % 2 == 1 ? value * 0.999 : value;
            }
        }

        return new DemandForecast
        {
            Group = group,
            Resource = Resource.CpuWork,
            Model = "test",
            IssuedAt = start,
            Start = start,
            Step = step,
            Levels = levels,
            Marginal = marginal,
            PathMaximum = maximum,
            Trust = new ForecastTrust(trusted, 0.8, 0.95, trusted ? "good enough" : "worse than naive"),
        };
    }
}
