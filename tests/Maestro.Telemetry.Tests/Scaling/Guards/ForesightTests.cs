using System.Collections.Immutable;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Scaling.Guards;

/// <summary>What may be removed when no forecast is trusted: nothing, unless the policy allows it and a day has shown it.</summary>
public sealed class ForesightTests
{
    [Fact]
    public void WithoutAForecast_NothingIsRemoved_UnlessThePolicyAllowsIt()
    {
        var kept = Quiet(allowed: false).Decide();
        var plan = Quiet().Plan();

        Assert.Equal((DecisionAction.Hold, ReasonCode.ForecastUntrusted), (kept.Action, kept.Reason));
        Assert.Equal("G1M08", Assert.Single(plan.Commands).Serial.Value);
        var decision = plan.Decisions[0];
        Assert.Equal((DecisionAction.Remove, ReasonCode.Surplus), (decision.Action, decision.Reason));
        Assert.Contains("there is no forecast of CPU work to rely on", decision.Sentence, StringComparison.Ordinal);
        Assert.Contains("fits into the rest at 60 % of capacity", decision.Sentence, StringComparison.Ordinal);
        Assert.Contains(decision.Steps, s => s.Rule == "REMOVAL_WITHOUT_FORECAST");
    }

    [Theory]
    [InlineData(4.2, true)]
    [InlineData(4.3, false)]
    [InlineData(null, false)]
    public void ADayOfDemand_MustBeKnownAndFitInWithTenPointsToSpare(double? highest, bool removed)
    {
        // Seven SGMs at 60 %.
        var decision = Quiet(highest).Decide();

        Assert.Equal(removed ? DecisionAction.Remove : DecisionAction.Hold, decision.Action);
        Assert.Equal(removed, decision.Reason != ReasonCode.ForecastUntrusted);
        Assert.Equal(
            highest == 4.3,
            decision.Sentence.Contains("4.30 busy SGMs of CPU work, the most of the last 24 h", StringComparison.Ordinal));
        Assert.Equal(
            highest is null, decision.Sentence.Contains("a whole day of it must have been measured", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void ADayOfDemand_MustSurviveTheLossOfMembersToo(int failures, bool removed)
    {
        // 2.4 at 90 % are 2.7 SGMs: of seven, four may be lost.
        var decision = Quiet(2.4, policy: p => p with { SurviveFailures = failures }).Decide();

        Assert.Equal(removed ? DecisionAction.Remove : DecisionAction.Hold, decision.Action);
    }

    [Fact]
    public void WithAForecast_TheDayBeforeDoesNotMatter() => Assert.Equal(
        DecisionAction.Remove, Quiet(highest: 9, trusted: true).Decide().Action);

    [Fact]
    public void AllOtherRules_HoldAsBefore()
    {
        Assert.Equal(
            ReasonCode.Stabilisation, Quiet().Memory(1, m => m with { Wanted = m.Wanted[^2..] }).Decide().Reason);
        Assert.Equal(
            ReasonCode.Stale, Quiet().Telemetry(1, t => t with { NewestSample = Scene.Noon.AddSeconds(-30) }).Decide().Reason);
        Assert.Equal(
            ReasonCode.Cooldown,
            Quiet().Command("G1M02", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-8)).Decide().Reason);
    }

    [Fact]
    public void Donor_MayGiveWhatADayHasShownItDoesNotNeed()
    {
        var scene = Quiet().Group(2, members: 4, demand: 2, forecast: 3.4);

        var plan = scene.Plan();

        Assert.Equal((1, 2), (plan.Commands[0].From!.Value.Value, plan.Commands[0].To!.Value.Value));
        Assert.Contains(plan.Decisions[0].Steps, s => s.Rule == "REMOVAL_WITHOUT_FORECAST");
    }

    [Fact]
    public void NothingIsTaken_ThatADayOfDemandWouldHaveNeeded() => GuardScenes.Check(1_000, input =>
    {
        var blind = input with
        {
            Policies = [.. input.Policies.Select(p => p with { RemoveWithoutForecast = true })],
            Forecasts = [],
            Telemetry = [.. input.Telemetry.Select((t, i) => i % 3 == 0 ? t : t with { HighestOfDay = Most(t, i) })],
        };
        foreach (var loss in ScalingPlanner.Plan(blind).Commands.Where(c => c.From is not null))
        {
            var policy = blind.Policies.First(p => p.Group == loss.From);
            var most = blind.Telemetry.First(t => t.Group == loss.From).HighestOfDay;
            var left = blind.Fabric.MembersOf(policy.Group).Where(m => m.Serial != loss.Serial).Sum(m => m.Model.Weight);

            Assert.True(most[Resource.CpuWork] <= (left * (policy.TargetUtilization - 0.1)) + 1e-6);
        }
    });

    [Theory]
    [InlineData(288, 0, 7)]
    [InlineData(288, 28, 7)]
    [InlineData(288, 30, double.NaN)]
    [InlineData(250, 0, double.NaN)]
    [InlineData(400, 0, 7)]
    public void WorstOfWhole_IsUnknown_WhenTooLittleIsKnown(int count, int missing, double worst)
    {
        // 100 lies more than a day back, where there is more than a day.
        double[] values = [.. Enumerable.Range(0, count).Select(i => i < count - 288 ? 100 : i == count - 1 ? 7 : i < missing ? double.NaN : 1)];

        Assert.Equal(
            worst,
            DemandSeries.WorstOfWhole(new(Scene.Noon, TimeSpan.FromMinutes(5), values), TimeSpan.FromDays(1)));
    }

    private static ImmutableSortedDictionary<Resource, double> Most(GroupTelemetry telemetry, int i) =>
        telemetry.Demand.ToImmutableSortedDictionary(d => d.Key, d => d.Value * (1 + (i % 4)));

    private static Scene Quiet(
        double? highest = 2, bool allowed = true, bool trusted = false, Func<ScalingPolicy, ScalingPolicy>? policy = null)
    {
        var known = ImmutableSortedDictionary<Resource, double>.Empty;
        return new Scene()
            .Group(1, members: 8, demand: 1.5, trusted: trusted, policy: p =>
                (policy ?? (same => same))(p with { RemoveWithoutForecast = allowed }))
            .Telemetry(1, t => t with
            {
                HighestOfDay = highest is { } value ? known.Add(Resource.CpuWork, value) : known,
            });
    }
}
