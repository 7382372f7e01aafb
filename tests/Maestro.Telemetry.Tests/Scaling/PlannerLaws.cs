using System.Text.Json;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Scaling;

/// <summary>What holds for every fabric, policy and demand.</summary>
public sealed class PlannerLaws
{
    private const int Cases = 1_000;

    [Fact]
    public void EveryPlan_PassesTheValidator() => RandomScenes.Check(Cases, input =>
        Assert.Empty(PlanValidator.Check(input, ScalingPlanner.Plan(input))));

    [Fact]
    public void RandomScenes_ReachEveryKindOfDecision()
    {
        var plans = Enumerable.Range(0, 4_000).Select(s => ScalingPlanner.Plan(RandomScenes.Make(s))).ToList();
        var seen = plans.SelectMany(p => p.Decisions).Select(d => d.Reason).ToHashSet();

        // Schedules, staged changes and long troughs are not drawn, and without a reading there is no scene; the brakes have
        // scenes of their own. All else is drawn, or the laws would say little.
        Assert.Empty(Enum.GetValues<ReasonCode>().Where(r => r < ReasonCode.DipGuard).Except(seen).Except(
            [
                ReasonCode.Scheduled, ReasonCode.PendingForeign, ReasonCode.OutOfBand, ReasonCode.FabricUnreadable,
                ReasonCode.FlapProjection,
            ]));
        Assert.Equal(3, plans.SelectMany(p => p.Commands).Select(c => c.Kind).Distinct().Count());
    }

    [Fact]
    public void NoGroup_FallsBelowItsMinimumOrItsSparesByOurAction() => RandomScenes.Check(Cases, input =>
    {
        foreach (var loss in ScalingPlanner.Plan(input).Commands.Where(c => c.From is not null))
        {
            var policy = input.Policies.Single(p => p.Group == loss.From);
            var left = input.Fabric.MembersOf(policy.Group).Where(m => m.Serial != loss.Serial).ToList();
            Assert.True(left.Count >= policy.Minimum);
            Assert.True(left.Count > policy.SurviveFailures);
        }
    });

    [Fact]
    public void NoGroup_GrowsAboveACap() => RandomScenes.Check(Cases, input =>
    {
        var plan = ScalingPlanner.Plan(input);
        foreach (var policy in input.Policies)
        {
            var gained = plan.Commands.Where(c => c.To == policy.Group).Select(c => c.Site).ToList();
            var sites = input.Fabric.MembersOf(policy.Group).Select(m => m.Site).Concat(gained).ToList();
            Assert.True(gained.Count == 0 || sites.Count <= Math.Min(policy.Maximum, input.Limits.MaxMembersPerGroup));
            Assert.All(gained, s => Assert.True(sites.Count(other => other == s) <= input.Limits.MaxMembersPerSite));
        }
    });

    [Fact]
    public void NoSgm_IsInTwoCommands() => RandomScenes.Check(Cases, input =>
    {
        var serials = ScalingPlanner.Plan(input).Commands.Select(c => c.Serial).ToList();
        Assert.Distinct(serials);
        var busy = input.Commands.Where(c => c.IsInFlight).Select(c => c.Serial);
        Assert.Empty(serials.Intersect(busy));
    });

    [Fact]
    public void MoreDemand_NeverAsksForLess() => RandomScenes.Check(Cases, input =>
    {
        var more = input with
        {
            Telemetry =
            [
                .. input.Telemetry.Select(t => t with
                {
                    Demand = t.Demand.SetItems(t.Demand.Select(d => KeyValuePair.Create(d.Key, d.Value * 1.3))),
                }),
            ],
            Forecasts =
            [
                .. input.Forecasts.Select(f => f with
                {
                    Marginal = Scaled(f.Marginal, 1.3),
                    PathMaximum = Scaled(f.PathMaximum, 1.3),
                }),
            ],
        };

        var before = ScalingPlanner.Plan(input).Decisions;
        var after = ScalingPlanner.Plan(more).Decisions;

        Assert.All(before.Zip(after), pair => Assert.True(pair.Second.WantedUnits >= pair.First.WantedUnits));
    });

    [Fact]
    public void StaleMissingOrZeroTelemetry_NeverTakesAnSgm() => RandomScenes.Check(Cases, input =>
    {
        foreach (var loss in ScalingPlanner.Plan(input).Commands.Where(c => c.From is not null))
        {
            var telemetry = input.Telemetry.Single(t => t.Group == loss.From);
            Assert.True(input.Now - telemetry.NewestSample <= 2 * telemetry.SampleInterval);
            Assert.True(telemetry.Coverage >= 0.9);
            Assert.True(telemetry.Demand[Resource.CpuWork] > 0);
        }
    });

    [Fact]
    public void Pause_IsNeverCrossed() => RandomScenes.Check(Cases, input =>
    {
        var group = input.Fabric.Groups[0].Id;
        var pause = new PauseRecord(group, "anna", "test", Scene.Noon, null);

        Assert.DoesNotContain(
            ScalingPlanner.Plan(input with { Pauses = [pause] }).Commands, c => c.Touches(group));
        Assert.Empty(ScalingPlanner.Plan(input with { Pauses = [pause with { Group = null }] }).Commands);
    });

    [Fact]
    public void SameInput_GivesTheSamePlan() => RandomScenes.Check(200, input =>
        Assert.Equal(
            JsonSerializer.Serialize(ScalingPlanner.Plan(input)), JsonSerializer.Serialize(ScalingPlanner.Plan(input))));

    [Fact]
    public void OrderOfTheInput_DoesNotMatter() => RandomScenes.Check(200, input =>
    {
        var reversed = input with
        {
            Policies = [.. input.Policies.Reverse()],
            Telemetry = [.. input.Telemetry.Reverse()],
            Forecasts = [.. input.Forecasts.Reverse()],
            Fabric = new FabricSnapshot(
                input.Fabric.ReadAt,
                input.Fabric.Groups.Reverse(),
                input.Fabric.Gateways.Reverse(),
                input.Fabric.Orchestrators.Reverse()),
        };

        Assert.Equal(
            JsonSerializer.Serialize(ScalingPlanner.Plan(input)), JsonSerializer.Serialize(ScalingPlanner.Plan(reversed)));
    });

    [Theory]
    [InlineData(CommandState.Proposed)]
    [InlineData(CommandState.Approved)]
    [InlineData(CommandState.Verified)]
    public void PlanningAgain_AfterAPlanThatMeetsTheNeed_GivesNothingNewToThoseGroups(CommandState state) =>
        RandomScenes.Check(Cases, input =>
        {
            input = input with { Policies = [.. input.Policies.Select(p => p with { MaxAddsPerCycle = 28 })] };
            var plan = ScalingPlanner.Plan(input);
            var again = ScalingPlanner.Plan(After(input, plan, state));

            var met = plan.Decisions
                .Where(d => d.Action != DecisionAction.Hold && d.Steps.All(s => s.Rule is "ARBITRATION" or "SURPLUS"))
                .Select(d => d.Group)
                .ToHashSet();
            Assert.DoesNotContain(again.Commands, c => met.Any(c.Touches));
        });

    [Fact]
    public void ApplyingPlansOverAndOver_ComesToRest() => RandomScenes.Check(200, input =>
    {
        for (var cycle = 0; cycle < 100; cycle++)
        {
            var plan = ScalingPlanner.Plan(input);
            Assert.Empty(PlanValidator.Check(input, plan));
            if (plan.Commands.IsEmpty)
            {
                return;
            }

            // What was done is forgotten, so that no cooldown hides a flap.
            input = After(input, plan, CommandState.Verified) with { Commands = [] };
            input = input with { Memory = WithMembers(input) };
        }

        Assert.Fail("The groups still change after 100 cycles of the same demand.");
    });

    private static PlannerMemory WithMembers(PlannerInput input) => new()
    {
        Groups = input.Memory.Groups.SetItems(input.Memory.Groups.Select(g => KeyValuePair.Create(
            g.Key,
            g.Value with { Members = [.. input.Fabric.MembersOf(new(g.Key)).Select(m => m.Serial.Value)] }))),
    };

    private static PlannerInput After(PlannerInput input, ScalingPlan plan, CommandState state)
    {
        var gateways = input.Fabric.Gateways.Select(g =>
            state == CommandState.Verified && plan.Commands.FirstOrDefault(c => c.Serial == g.Serial) is { } command
                ? g with
                {
                    Group = command.To,
                    MemberId = command.To is null ? null : 100 + (g.Serial.Value[^1] - (int)' '),
                    State = command.To is not { } to ? MemberState.Unassigned
                        : input.Fabric.Find(to)!.HasStandbySite && g.Site.Value == 2
                            && input.Fabric.MembersOf(to).Any(m => m.Site.Value == 1) ? MemberState.Standby
                        : MemberState.Active,
                }
                : g);
        return input with
        {
            Fabric = new FabricSnapshot(input.Now, input.Fabric.Groups, gateways, input.Fabric.Orchestrators),
            Commands = [.. input.Commands, .. plan.Commands.Select(c => c with { State = state })],
        };
    }

    private static double[] Scaled(ReadOnlyMemory<double> values, double factor) =>
        [.. values.ToArray().Select(v => v * factor)];
}
