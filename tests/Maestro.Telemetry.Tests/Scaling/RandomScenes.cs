using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Scaling;

/// <summary>Random fabrics, policies, demands and faults. Each follows from one seed.</summary>
internal static class RandomScenes
{
    private static readonly ApplianceModel[] Models = [new("9300", 24, 1), new("9800", 48, 2), new("6900", 16, 0.6)];
    private static readonly Release[] Releases = [new("R82"), new("R82"), new("R81.20"), new("R81.10")];
    private static readonly ClusteringMode?[] Modes =
        [null, null, null, null, null, ClusteringMode.ActiveActive, ClusteringMode.ActiveStandby, ClusteringMode.Vsls];
    private static readonly MemberState[] Troubles =
        [MemberState.Down, MemberState.Init, MemberState.Lost, MemberState.Unknown, MemberState.Ready];

    public static void Check(int cases, Action<PlannerInput> claim) =>
        Trials.Check(cases, seed => claim(Make(seed)));

    public static PlannerInput Make(int seed)
    {
        var random = new Random(seed);

        // Findings stop much; in most scenes there are few, so that the rest is reached as well.
        var troubled = random.Next(3) == 0;
        var groups = Enumerable.Range(1, random.Next(1, 6)).Select(i => new SecurityGroup
        {
            Id = new(i),
            Name = $"g{i}",
            Mode = troubled || random.Next(4) == 0 ? Modes[random.Next(Modes.Length)] : null,
        }).ToList();
        var gateways = Gateways(random, groups, troubled);
        var commands = Commands(random, groups, gateways);
        return new PlannerInput
        {
            Now = Scene.Noon,
            Fabric = new FabricSnapshot(Scene.Noon, groups, gateways, troubled ? Orchestrators(random) : []),
            Limits = random.Next(3) == 0
                ? new FabricLimits { MaxMembersPerSite = random.Next(2, 7), MaxMembersPerGroup = random.Next(3, 12) }
                : new FabricLimits(),
            Allowances = new FabricAllowances
            {
                CertifiedMixes = troubled && random.Next(2) == 0 ? [] : [["9300", "9800", "6900"]],
                EnforceWithOneOrchestrator = random.Next(2) == 0 ? [] : [new(1), new(2)],
            },
            Policies = [.. groups.Where(_ => random.Next(12) > 0).Select(g => Policy(random, g.Id))],
            Telemetry = [.. groups.Where(_ => random.Next(12) > 0).Select(g => Telemetry(random, g.Id, gateways))],
            Forecasts = [.. groups.Where(_ => random.Next(12) > 0).Select(g => Forecast(random, g.Id, gateways))],
            Commands = commands,
            Pauses = random.Next(10) == 0
                ? [new PauseRecord(random.Next(2) == 0 ? null : groups[0].Id, "anna", "test", Scene.Noon, null)]
                : [],
            Memory = Memory(random, groups, gateways),
            UnitCapacity = random.Next(2) == 0
                ? ImmutableSortedDictionary<Resource, double>.Empty
                : ImmutableSortedDictionary<Resource, double>.Empty.Add(Resource.BitsPerSecond, 10e9),
        };
    }

    private static List<OrchestratorStatus> Orchestrators(Random random) =>
    [
        .. from site in Enumerable.Range(1, 2)
           from number in Enumerable.Range(1, random.Next(4) == 0 ? 1 : 2)
           select new OrchestratorStatus($"{site}_{number}", new(site), true, null)
           {
               Upgrade = random.Next(20) == 0 ? UpgradeState.InProgress : null,
               Model = "MHO-175",
               SyncPorts = random.Next(20) == 0 ? [new("1/48/1", SyncPortKind.Internal, 10)] : null,
           },
    ];

    private static List<Gateway> Gateways(Random random, List<SecurityGroup> groups, bool troubled)
    {
        var mixed = random.Next(3) == 0;
        var releases = groups.ToDictionary(g => g.Id, _ => Releases[random.Next(Releases.Length)]);
        var sites = random.Next(1, 3);
        var result = new List<Gateway>();
        foreach (var group in groups)
        {
            var count = random.Next(0, 9);
            for (var i = 0; i < count; i++)
            {
                var site = random.Next(1, sites + 1);
                var stands = group.HasStandbySite && site == 2 ? MemberState.Standby : MemberState.Active;
                result.Add(new Gateway
                {
                    Serial = new($"S{random.Next(1000):D3}{result.Count:D3}"),
                    Site = new(site),
                    Group = group.Id,
                    MemberId = i + 1,
                    Model = Models[mixed ? random.Next(Models.Length) : 0],
                    Release = releases[group.Id],
                    State = random.Next(25) == 0 ? Troubles[random.Next(Troubles.Length)] : stands,
                    Upgrade = troubled && random.Next(60) == 0 ? UpgradeState.InProgress : null,
                });
            }
        }

        var free = random.Next(0, 7);
        for (var i = 0; i < free; i++)
        {
            result.Add(new Gateway
            {
                Serial = new($"F{random.Next(1000):D3}{i:D3}"),
                Site = new(random.Next(1, sites + 1)),
                Model = Models[mixed ? random.Next(Models.Length) : 0],
                Release = Releases[random.Next(Releases.Length)],
                State = random.Next(10) == 0 ? MemberState.Down : MemberState.Unassigned,
                Licensed = random.Next(10) > 0,
            });
        }

        return result;
    }

    private static ScalingPolicy Policy(Random random, SecurityGroupId id) => new()
    {
        Group = id,
        Priority = random.Next(1, 4),
        Minimum = random.Next(1, 4),
        Maximum = random.Next(3, 29),
        ScaleOutMode = (ScalingMode)random.Next(3),
        ScaleInMode = (ScalingMode)random.Next(3),
        SurviveFailures = random.Next(0, 3),
        MaxAddsPerCycle = random.Next(1, 4),
        AllowPreemption = random.Next(2) == 0,
        LeadTime = TimeSpan.FromMinutes(random.Next(4) == 0 ? 31 : 20),
        SwitchingCost = random.Next(3) == 0 ? 0.05 : 0.25,
        Quantile = 0.85 + (0.13 * random.NextDouble()),
    };

    private static double Work(Random random, SecurityGroupId id, List<Gateway> gateways) =>
        Math.Max(0.05, gateways.Where(g => g.Group == id).Sum(g => g.Model.Weight) * random.NextDouble());

    private static GroupTelemetry Telemetry(Random random, SecurityGroupId id, List<Gateway> gateways) => new()
    {
        Group = id,
        Demand = ImmutableSortedDictionary<Resource, double>.Empty
            .Add(Resource.CpuWork, random.Next(15) == 0 ? 0 : Work(random, id, gateways))
            .Add(Resource.BitsPerSecond, 10e9 * Work(random, id, gateways)),
        NewestSample = random.Next(15) == 0 ? null : Scene.Noon.AddSeconds(random.Next(8) == 0 ? -random.Next(120) : -5),
        Coverage = random.Next(8) == 0 ? random.NextDouble() : 1,
    };

    private static Forecasts.DemandForecast Forecast(Random random, SecurityGroupId id, List<Gateway> gateways)
    {
        var low = Work(random, id, gateways);
        var high = Work(random, id, gateways);
        return Scene.Curve(id, t => t.Minute < 30 ? low : high, trusted: random.Next(8) > 0);
    }

    private static ImmutableArray<ScalingCommand> Commands(
        Random random, List<SecurityGroup> groups, List<Gateway> gateways)
    {
        var result = ImmutableArray.CreateBuilder<ScalingCommand>();
        foreach (var gateway in gateways.Where(_ => random.Next(14) == 0))
        {
            var to = gateway.Group is null ? groups[random.Next(groups.Count)].Id : (SecurityGroupId?)null;
            var at = Scene.Noon.AddMinutes(-random.Next(90));
            result.Add(new ScalingCommand
            {
                Id = $"old-{result.Count:D3}",
                Kind = gateway.Group is null ? CommandKind.Add : CommandKind.Remove,
                Serial = gateway.Serial,
                Site = gateway.Site,
                From = gateway.Group,
                To = to,
                DecisionId = "old",
                Reason = "test",
                Mode = (ScalingMode)random.Next(3),
                State = (CommandState)random.Next(8),
                CreatedAt = at,
                UpdatedAt = at,
                ExpiresAt = at.AddMinutes(15),
            });
        }

        return result.ToImmutable();
    }

    private static PlannerMemory Memory(Random random, List<SecurityGroup> groups, List<Gateway> gateways)
    {
        var memory = ImmutableSortedDictionary.CreateBuilder<int, GroupMemory>();
        foreach (var group in groups.Where(_ => random.Next(6) > 0))
        {
            var wanted = random.Next(3) == 0 ? Work(random, group.Id, gateways) : 0;
            memory[group.Id.Value] = new GroupMemory
            {
                Wanted = [.. Enumerable.Range(1, 120).Select(m => new WantedAt(Scene.Noon.AddMinutes(m - 121), wanted))],
                Expected = random.Next(4) == 0 ? [new(Scene.Noon.AddMinutes(-7), Work(random, group.Id, gateways))] : [],
                Surge = random.Next(4) == 0 ? new(1.5 * Work(random, group.Id, gateways), Scene.Noon.AddMinutes(9)) : null,
                Members =
                [
                    .. gateways.Where(g => g.Group == group.Id)
                        .Select(g => g.Serial.Value)
                        .Order(StringComparer.Ordinal),
                ],
            };
        }

        return new PlannerMemory { Groups = memory.ToImmutable() };
    }
}
