using System.Text.Json;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Scaling.Guards;

/// <summary>What the brakes hold for every fabric, past and fault.</summary>
public sealed class GuardLaws
{
    private const int Cases = 1_000;

    [Fact]
    public void Scenes_ReachEveryBrake()
    {
        var plans = Enumerable.Range(0, 6_000).Select(s => ScalingPlanner.Plan(GuardScenes.Make(s))).ToList();
        var seen = plans.SelectMany(p => p.Decisions).Select(d => ReasonCodes.ToCode(d.Reason))
            .Concat(plans.SelectMany(p => p.Decisions).SelectMany(d => d.Steps).Select(s => s.Rule))
            .ToHashSet();

        // Image cloning is not drawn, but the windows are.
        Assert.Empty(Enum.GetValues<ReasonCode>().Select(ReasonCodes.ToCode).Where(ReasonCodes.IsBrake).Except(seen));
        Assert.Contains(plans.SelectMany(p => p.Commands), c => c.From is not null);
        Assert.Contains(plans.SelectMany(p => p.Commands), c => c.Mode == ScalingMode.Enforce);
    }

    [Fact]
    public void EveryPlan_PassesTheValidator() => GuardScenes.Check(Cases, input =>
        Assert.Empty(PlanValidator.Check(input, ScalingPlanner.Plan(input))));

    [Fact]
    public void StaleMissingOrZeroTelemetry_NeverScalesIn() => GuardScenes.Check(Cases, input =>
    {
        foreach (var fault in Enumerable.Range(0, 6))
        {
            var faulty = input with { Telemetry = [.. input.Telemetry.Select(t => Harm(t, fault)).OfType<GroupTelemetry>()] };

            Assert.DoesNotContain(ScalingPlanner.Plan(faulty).Commands, c => c.From is not null);
        }
    });

    [Fact]
    public void NoSgmIsTaken_BeforeThreeGoodSamplesAfterAGap() => GuardScenes.Check(Cases, input =>
    {
        var plan = ScalingPlanner.Plan(input);
        foreach (var loss in plan.Commands.Where(c => c.From is not null))
        {
            Assert.Equal(0, plan.Memory.Groups[loss.From!.Value.Value].SamplesToRecover);
        }
    });

    [Fact]
    public void Pause_IsNeverCrossed_WhateverItIsFor() => GuardScenes.Check(Cases, input =>
    {
        foreach (var direction in Enum.GetValues<PauseDirection>())
        {
            var group = new PauseRecord(input.Fabric.Groups[0].Id, "anna", "test", Scene.Noon, null, direction);
            Assert.DoesNotContain(ScalingPlanner.Plan(input with { Pauses = [group] }).Commands, c =>
                (c.To == group.Group && direction != PauseDirection.In)
                || (c.From == group.Group && direction != PauseDirection.Out));

            var site = new PauseRecord(null, "anna", "test", Scene.Noon, null, direction, new SiteId(1));
            Assert.DoesNotContain(ScalingPlanner.Plan(input with { Pauses = [site] }).Commands, c =>
                c.Site == site.Site
                && ((c.To is not null && direction != PauseDirection.In)
                    || (c.From is not null && direction != PauseDirection.Out)));
        }
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Freeze_IsNeverCrossed(bool allowEmergency) => GuardScenes.Check(Cases, input =>
    {
        var freeze = new ScalingSchedule
        {
            Name = "freeze",
            Kind = ScheduleKind.Freeze,
            Start = new(2026, 3, 4, 11, 0, 0),
            End = new(2026, 3, 4, 13, 0, 0),
            Zone = TimeZoneInfo.Utc,
            AllowEmergency = allowEmergency,
        };
        var frozen = input with { Policies = [.. input.Policies.Select(p => p with { Schedules = [freeze] })] };

        var commands = ScalingPlanner.Plan(frozen).Commands;

        Assert.DoesNotContain(commands, c => c.From is not null || !allowEmergency);
    });

    [Fact]
    public void OverBudget_NothingIsEnforced() => GuardScenes.Check(Cases, input =>
    {
        var made = input.Commands.Where(c =>
            c.State is not (CommandState.Proposed or CommandState.Rejected or CommandState.Expired)
            && input.Now - c.CreatedAt < TimeSpan.FromHours(24)).ToList();
        foreach (var command in ScalingPlanner.Plan(input).Commands.Where(c => c.Mode == ScalingMode.Enforce))
        {
            foreach (var group in new[] { command.From, command.To }.OfType<SecurityGroupId>())
            {
                Assert.True(made.Count(c => c.From == group || c.To == group) < input.Budget.PerGroup);
            }

            Assert.True(made.Count(c => c.Site == command.Site) < input.Budget.PerSite);
            made.Add(command);
        }
    });

    [Fact]
    public void NothingIsTaken_WhileADipIsNotBelieved() => GuardScenes.Check(Cases, input =>
    {
        var held = input with
        {
            Memory = new PlannerMemory
            {
                Groups = input.Memory.Groups.SetItems(input.Policies.Select(p => KeyValuePair.Create(
                    p.Group.Value,
                    (input.Memory.Groups.GetValueOrDefault(p.Group.Value) ?? new()) with
                    {
                        DipUntil = Scene.Noon.AddMinutes(1),
                    }))),
            },
        };

        Assert.DoesNotContain(ScalingPlanner.Plan(held).Commands, c => c.From is not null);
    });

    [Fact]
    public void SameInput_GivesTheSamePlan() => GuardScenes.Check(300, input =>
        Assert.Equal(
            JsonSerializer.Serialize(ScalingPlanner.Plan(input)), JsonSerializer.Serialize(ScalingPlanner.Plan(input))));

    [Fact]
    public void WithoutTelemetryAndForecasts_OnlyFloorsAreLeft() => GuardScenes.Check(300, input =>
    {
        var silent = input with { Telemetry = [], Earlier = ForecastHistory.Empty, Forecasts = [] };

        Assert.All(
            ScalingPlanner.Plan(silent).Decisions,
            d => Assert.DoesNotContain(d.Terms, t => t.Source is "reactive" or "predicted" or "survive" or "held"));
    });

    private static GroupTelemetry? Harm(GroupTelemetry telemetry, int fault) => fault switch
    {
        0 => null,
        1 => telemetry with { NewestSample = Scene.Noon.AddSeconds(-21) },
        2 => telemetry with { NewestSample = Scene.Noon.AddMinutes(1) },
        3 => telemetry with { Coverage = 0.89 },
        4 => telemetry with { Coverage = double.NaN },
        _ => telemetry with { Demand = telemetry.Demand.SetItem(Resource.CpuWork, 0) },
    };
}
