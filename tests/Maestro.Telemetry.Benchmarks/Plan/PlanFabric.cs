using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Benchmarks.Plan;

/// <summary>Fabrics to plan for: sites with groups, SGMs and forecasts. Some groups are short, some could give.</summary>
internal static class PlanFabric
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly double[] Levels = [0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99];
    private static readonly ApplianceModel Model = new("9300", 24, 1);
    private static readonly Release Release = new("R82");
    private const int Steps = 72;

    /// <summary>A fabric of groups that are spread over sites, each on one, with so many SGMs together.</summary>
    /// <param name="groups">How many groups.</param>
    /// <param name="sites">On how many sites.</param>
    /// <param name="gateways">SGMs in groups; every twentieth more is free.</param>
    public static PlannerInput Make(int groups, int sites, int gateways)
    {
        var ids = Enumerable.Range(1, groups).Select(g => new SecurityGroupId(g)).ToList();
        var members = Enumerable.Range(0, gateways).Select(i => Member(i, ids[i % groups], sites));
        var free = Enumerable.Range(0, Math.Max(sites, gateways / 20)).Select(i => Free(i, (i % sites) + 1));
        ImmutableArray<Gateway> all = [.. members, .. free];
        var size = (double)gateways / groups;
        return new PlannerInput
        {
            Now = Now,
            Fabric = new FabricSnapshot(Now, ids.Select(g => new SecurityGroup { Id = g, Name = $"group-{g}" }), all),
            Limits = new FabricLimits(),
            Policies = [.. ids.Select(g => new ScalingPolicy { Group = g, Priority = 1 + (g.Value % 3), AllowPreemption = true })],
            Telemetry = [.. ids.Select(g => Telemetry(g, size * Load(g)))],
            Forecasts = [.. ids.Select(g => Forecast(g, size * Load(g)))],
            Memory = new PlannerMemory { Groups = ids.ToImmutableSortedDictionary(g => g.Value, g => Memory(g, all)) },
        };
    }

    // One group of ten needs more than it has; the others between a third and two thirds.
    private static double Load(SecurityGroupId id) => id.Value % 10 == 0 ? 0.75 : 0.3 + (0.035 * (id.Value % 10));

    private static Gateway Member(int index, SecurityGroupId group, int sites) => new()
    {
        Serial = new($"M{index:D6}"),
        Site = new(((group.Value - 1) % sites) + 1),
        Group = group,
        MemberId = (index / 1_000) + index,
        Model = Model,
        Release = Release,
        State = MemberState.Active,
    };

    private static Gateway Free(int index, int site) => new()
    {
        Serial = new($"F{index:D6}"),
        Site = new(site),
        Model = Model,
        Release = Release,
        State = MemberState.Unassigned,
    };

    private static GroupTelemetry Telemetry(SecurityGroupId group, double work) => new()
    {
        Group = group,
        Demand = ImmutableSortedDictionary<Resource, double>.Empty.Add(Resource.CpuWork, work),
        NewestSample = Now.AddSeconds(-5),
        Coverage = 1,
    };

    private static GroupMemory Memory(SecurityGroupId group, ImmutableArray<Gateway> all) => new()
    {
        Wanted = [.. Enumerable.Range(1, 30).Select(m => new WantedAt(Now.AddMinutes(m - 31), 1))],
        Members = [.. all.Where(g => g.Group == group).Select(g => g.Serial.Value)],
    };

    private static DemandForecast Forecast(SecurityGroupId group, double work)
    {
        var marginal = new double[Steps * Levels.Length];
        var maximum = new double[Steps * Levels.Length];
        for (var step = 0; step < Steps; step++)
        {
            var middle = work * (1 + (0.2 * Math.Sin((step + group.Value) / 12.0)));
            for (var level = 0; level < Levels.Length; level++)
            {
                var cell = (step * Levels.Length) + level;
                marginal[cell] = middle * (0.9 + (0.2 * Levels[level]));
                maximum[cell] = step == 0 ? marginal[cell] : Math.Max(marginal[cell], maximum[cell - Levels.Length]);
            }
        }

        return new DemandForecast
        {
            Group = group,
            Resource = Resource.CpuWork,
            Model = "direct",
            IssuedAt = Now.AddMinutes(-2),
            Start = Now.AddMinutes(-2),
            Step = TimeSpan.FromMinutes(5),
            Levels = Levels,
            Marginal = marginal,
            PathMaximum = maximum,
            Trust = new ForecastTrust(true, 0.8, 0.95, "good enough"),
        };
    }
}
