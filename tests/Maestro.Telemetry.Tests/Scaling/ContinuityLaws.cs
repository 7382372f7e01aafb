using System.Text.Json;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Scaling;

/// <summary>What holds from cycle to cycle, over restarts and for what is on its way.</summary>
public sealed class ContinuityLaws
{
    private const int Cases = 1_000;

    [Fact]
    public void Restart_BetweenAnyTwoCycles_ChangesNothing() => RandomScenes.Check(Cases, input =>
    {
        var memory = input.Memory;
        for (var cycle = 0; cycle < 3; cycle++)
        {
            var now = input.Now.AddMinutes(cycle);
            var then = input with
            {
                Now = now,
                Memory = memory,
                Telemetry = [.. input.Telemetry.Select(t => t with { NewestSample = t.NewestSample?.AddMinutes(cycle) })],
            };
            var plan = ScalingPlanner.Plan(then);
            var read = JsonSerializer.Deserialize<PlannerMemory>(JsonSerializer.Serialize(memory))!;

            Assert.Equal(Text(plan), Text(ScalingPlanner.Plan(then with { Memory = read })));
            memory = plan.Memory;
        }
    });

    /// <summary>
    /// An Orchestrator makes one change at a time. A change that takes an SGM from a group has the site to itself: nothing else
    /// is on its way there, and the plan takes no other there. An add has no other beside it but adds that were applied
    /// within two lead times, whose SGMs are joining.
    /// </summary>
    [Fact]
    public void Orchestrator_HasOneChangeOnItsWay_BesidesSgmsThatJoinInTime() => RandomScenes.Check(Cases, input =>
    {
        var plan = ScalingPlanner.Plan(input);
        foreach (var command in plan.Commands)
        {
            var beside = input.Commands.Where(c => c.IsInFlight && c.Site == command.Site);
            Assert.DoesNotContain(beside, c => command.From is not null || !JoinsInTime(input, c));
        }

        Assert.Distinct(plan.Commands.Where(c => c.From is not null).Select(c => c.Site));
    });

    [Fact]
    public void MoreDemandOfAGroupThatHasTheFabricToItself_NeverLeavesItWithFewer() => RandomScenes.Check(Cases, input =>
    {
        var alone = Alone(input);
        var more = More(alone);

        Assert.True(Units(alone) <= Units(more) + 1e-9, $"{Units(alone)} units, and {Units(more)} for more demand.");
    });

    [Fact]
    public void EveryLoss_LeavesWhatTheGroupMustSurviveNow() => RandomScenes.Check(Cases, input =>
    {
        foreach (var loss in ScalingPlanner.Plan(input).Commands.Where(c => c.From is not null))
        {
            var group = input.Fabric.Find(loss.From!.Value)!;
            var policy = input.Policies.Single(p => p.Group == group.Id);
            var left = input.Fabric.MembersOf(group.Id)
                .Where(m => m.Serial != loss.Serial && m.State == MemberState.Active)
                .Select(m => m.Model.Weight)
                .OrderDescending()
                .Skip(policy.SurviveFailures)
                .Sum();
            var demand = input.Telemetry.Single(t => t.Group == group.Id).Demand;
            foreach (var (resource, value) in demand)
            {
                var unit = resource == Resource.CpuWork ? 1 : input.UnitCapacity.GetValueOrDefault(resource, double.PositiveInfinity);
                Assert.True(group.HasStandbySite || value / unit <= (left * policy.SurviveUtilization) + 1e-6);
            }
        }
    });

    [Fact]
    public void OnlyAGroupThatAllowsIt_IsPreempted_AndOnlyByAHigherPriority()
    {
        // It is rare: a group must be short, the pool empty, and another able to give.
        var seen = 0;
        RandomScenes.Check(Cases * 5, input =>
        {
            var plan = ScalingPlanner.Plan(input);
            foreach (var giver in plan.Decisions.Where(d => d.Reason == ReasonCode.Preempted))
            {
                var policy = input.Policies.Single(p => p.Group == giver.Group);
                var receiver = plan.Commands.Single(c => c.From == giver.Group).To;
                Assert.True(policy.AllowPreemption);
                Assert.True(input.Policies.Single(p => p.Group == receiver).Priority < policy.Priority);
                seen++;
            }
        });

        Assert.True(seen > 0);
    }

    [Fact]
    public void CalledOff_IsOnlyWhatWasNotSentAndTakesAnSgm_AndItIsNotPlannedAgain()
    {
        var seen = 0;
        RandomScenes.Check(Cases, input =>
        {
            var plan = ScalingPlanner.Plan(input);
            foreach (var id in plan.Withdrawn)
            {
                var command = input.Commands.Single(c => c.Id == id);
                Assert.True(command.State is CommandState.Proposed or CommandState.Approved);
                if (command.From is null)
                {
                    Assert.Equal(ScalingMode.Enforce, input.Policies.Single(p => p.Group == command.To).ScaleOutMode);
                    continue;
                }

                Assert.DoesNotContain(plan.Commands, c => c.From == command.From);
                seen++;
            }

            var after = input with
            {
                Commands = [.. input.Commands.Select(c => plan.Withdrawn.Contains(c.Id) ? c with { State = CommandState.Expired } : c)],
            };
            var kept = input.Commands.Where(c => plan.Withdrawn.Contains(c.Id)).Select(c => c.Serial).ToHashSet();

            // A group of higher priority may still take it, by the rules for that.
            var again = ScalingPlanner.Plan(after);
            var preempted = again.Decisions.Where(d => d.Reason == ReasonCode.Preempted).Select(d => d.Group).ToHashSet();
            Assert.DoesNotContain(
                again.Commands, c => c.From is { } from && !preempted.Contains(from) && kept.Contains(c.Serial));
        });

        Assert.True(seen > 0);
    }

    // One group, without what is on its way or forbidden.
    internal static PlannerInput Alone(PlannerInput input)
    {
        var id = input.Fabric.Groups[0].Id;
        return input with
        {
            Fabric = new FabricSnapshot(
                input.Now,
                input.Fabric.Groups.Where(g => g.Id == id),
                input.Fabric.Gateways.Where(g => g.Group is null || g.Group == id)),
            Policies = [.. input.Policies.Where(p => p.Group == id)],
            Telemetry = [.. input.Telemetry.Where(t => t.Group == id)],
            Forecasts = [.. input.Forecasts.Where(f => f.Group == id)],
            Commands = [],
        };
    }

    // The same group with a fifth more demand, now and later.
    internal static PlannerInput More(PlannerInput alone) => alone with
    {
        Telemetry = [.. alone.Telemetry.Select(t => t with { Demand = t.Demand.SetItems(t.Demand.Select(d => KeyValuePair.Create(d.Key, d.Value * 1.2))) })],
        Forecasts = [.. alone.Forecasts.Select(f => f with { Marginal = Scaled(f.Marginal), PathMaximum = Scaled(f.PathMaximum) })],
    };

    private static double Units(PlannerInput input)
    {
        var weights = input.Fabric.Gateways.ToDictionary(g => g.Serial, g => g.Model.Weight);
        return ScalingPlanner.Plan(input).Commands.Sum(c => c.To is null ? -weights[c.Serial] : weights[c.Serial]);
    }

    private static bool JoinsInTime(PlannerInput input, ScalingCommand command) =>
        command is { Kind: CommandKind.Add, State: CommandState.Applied }
        && input.Policies.Any(p => p.Group == command.To && input.Now - command.UpdatedAt <= p.LeadTime * 2);

    private static double[] Scaled(ReadOnlyMemory<double> values) => [.. values.ToArray().Select(v => v * 1.2)];

    private static string Text(ScalingPlan plan) => JsonSerializer.Serialize(plan);
}
