using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Scaling.Guards;

/// <summary>Random scenes with a past, faults, schedules and pauses, in which the brakes have something to do.</summary>
internal static class GuardScenes
{
    private static readonly Resource[] Work = [Resource.CpuWork];

    public static void Check(int cases, Action<PlannerInput> claim) =>
        Trials.Check(cases, seed => claim(Make(seed)));

    public static PlannerInput Make(int seed)
    {
        var random = new Random(seed ^ 0x5EED);
        var input = RandomScenes.Make(seed);
        return input with
        {
            UnitCapacity = ImmutableSortedDictionary<Resource, double>.Empty,
            Policies = [.. input.Policies.Select(p => p with { Schedules = Schedules(random) })],
            Telemetry = [.. input.Telemetry.Select(t => Telemetry(random, input, t))],
            Commands = [.. input.Commands, .. Past(random, input)],
            Pauses = [.. Pauses(random, input)],
            Earlier = Earlier(random, input),
            Budget = random.Next(2) == 0 ? new() : new(random.Next(1, 4), random.Next(1, 6)),
            Memory = new PlannerMemory
            {
                Groups = input.Memory.Groups.ToImmutableSortedDictionary(g => g.Key, g => Memory(random, g.Value)),
            },
        };
    }

    private static ImmutableArray<ScalingSchedule> Schedules(Random random) =>
        random.Next(6) > 0
            ? []
            :
            [
                new ScalingSchedule
                {
                    Name = "drawn",
                    Kind = (ScheduleKind)random.Next(5),
                    Minimum = 3,
                    Maximum = random.Next(3, 6),
                    Days = Enum.GetValues<DayOfWeek>(),
                    From = new(random.Next(10, 14), 0),
                    To = new(15, 0),
                    Zone = TimeZoneInfo.Utc,
                    AllowEmergency = random.Next(2) == 0,
                },
            ];

    private static GroupTelemetry Telemetry(Random random, PlannerInput input, GroupTelemetry telemetry)
    {
        var active = input.Fabric.MembersOf(telemetry.Group).Where(m => m.State == MemberState.Active).ToList();
        var hot = random.Next(3) == 0 ? random.Next(active.Count + 1) : -1;
        return telemetry with
        {
            Members = random.Next(4) == 0
                ? []
                : [.. active.Select((m, i) => new MemberLoad(
                    m.Serial, i == hot ? 0.97 : 0.6 * random.NextDouble(), random.Next(30) == 0 ? 0.99 : 0.5))],
            Highest = random.Next(2) == 0
                ? telemetry.Highest
                : telemetry.Highest.Add(Resource.CpuWork, 6 * random.NextDouble()),
        };
    }

    // Ended changes of the last day, in runs, so that turns, failures in a row and spent budgets come about.
    private static IEnumerable<ScalingCommand> Past(Random random, PlannerInput input)
    {
        var number = 0;
        foreach (var group in input.Fabric.Groups.Where(_ => random.Next(3) == 0))
        {
            var gateways = input.Fabric.MembersOf(group.Id).ToList();
            var changes = gateways.Count == 0 ? 0 : random.Next(1, 10);
            for (var i = 0; i < changes; i++)
            {
                var gateway = gateways[random.Next(gateways.Count)];
                var adds = random.Next(3) > 0;
                var at = Scene.Noon.AddMinutes(-random.Next(11, random.Next(2) == 0 ? 130 : 1_500));
                var state = random.Next(3) == 0 ? CommandState.Failed : CommandState.Verified;
                yield return new ScalingCommand
                {
                    Id = $"past-{number++:D3}",
                    Kind = adds ? CommandKind.Add : CommandKind.Remove,
                    Serial = gateway.Serial,
                    Site = gateway.Site,
                    From = adds ? null : group.Id,
                    To = adds ? group.Id : null,
                    DecisionId = "past",
                    Reason = "test",
                    Mode = ScalingMode.Enforce,
                    State = state,
                    CreatedAt = at,
                    UpdatedAt = at,
                    ExpiresAt = at.AddMinutes(15),
                    Steps = random.Next(2) == 0 ? [] : [new CommandStep(at, CommandState.Applied, "autoscaler", "")],
                };
            }
        }
    }

    private static IEnumerable<PauseRecord> Pauses(Random random, PlannerInput input)
    {
        if (random.Next(5) == 0)
        {
            var scope = random.Next(3);
            yield return new PauseRecord(
                scope == 0 ? input.Fabric.Groups[0].Id : null,
                "anna",
                "test",
                Scene.Noon.AddHours(-1),
                random.Next(4) == 0 ? Scene.Noon.AddMinutes(-1) : null,
                (PauseDirection)random.Next(3),
                scope == 1 ? new SiteId(random.Next(1, 3)) : null);
        }
    }

    private static ForecastHistory Earlier(Random random, PlannerInput input)
    {
        var history = ForecastHistory.Empty;
        foreach (var forecast in input.Forecasts.Where(_ => random.Next(3) > 0))
        {
            foreach (var minutes in new[] { 40, 12 })
            {
                var at = Scene.Noon.AddMinutes(-minutes);
                var demand = 5 * random.NextDouble();
                history = history.With(
                    Scene.Forecast(forecast.Group, demand, trusted: random.Next(5) > 0) with { IssuedAt = at, Start = at });
            }
        }

        return history;
    }

    private static GroupMemory Memory(Random random, GroupMemory memory) => memory with
    {
        UnusableSince = random.Next(6) == 0 ? Scene.Noon.AddMinutes(-random.Next(60)) : null,
        SamplesToRecover = random.Next(6) == 0 ? random.Next(4) : 0,
        LastSample = random.Next(3) == 0 ? Scene.Noon.AddSeconds(-random.Next(60)) : null,
        DipSamples = random.Next(3),
        DipUntil = random.Next(8) == 0 ? Scene.Noon.AddMinutes(random.Next(-5, 55)) : null,
        DipDemand = Work.ToImmutableSortedDictionary(r => r, _ => 4 * random.NextDouble()),
        HotSince = random.Next(2) == 0 ? Scene.Noon.AddMinutes(-1) : null,
        Trips =
        [
            .. Enumerable.Range(0, random.Next(5)).Select(i => new BrakeTrip(
                ReasonCode.DipGuard, Scene.Noon.AddHours(-i - 10), Scene.Noon.AddHours(-i - 9))),
        ],
    };
}
