using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasting.Runways;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Runways;

public sealed class RunwayPlannerTests
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, 8, 1, 5.6, "8 SGMs of 1 units")]
    [InlineData(null, 28, 1, 9.8, "14 SGMs of 1 units")]
    [InlineData(ClusteringMode.ActiveActive, 28, 2, 19.6, "28 SGMs of 1 units")]
    [InlineData(ClusteringMode.ActiveStandby, 28, 2, 9.8, "14 SGMs of 1 units on each site")]
    [InlineData(ClusteringMode.Vsls, 28, 2, 12.6, "28 SGMs of 1 units, the loss of a site survived")]
    public void OfGroup_FollowsMaximumCapsAndMode(ClusteringMode? mode, int maximum, int sites, double limit, string because)
    {
        var input = Input(sites, 4, free: 0, new ScalingPolicy { Group = new(1), Maximum = maximum }, _ => 2, mode);

        var runway = Assert.Single(RunwayPlanner.OfGroup(input, new(1)));

        Assert.Equal(limit, runway.Limit, 9);
        Assert.StartsWith(because, runway.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void OfGroup_SparesAreOftenWhatLimits()
    {
        var input = Input(1, 2, free: 0, new ScalingPolicy { Group = new(1), Maximum = 3, SurviveFailures = 2 }, _ => 1);

        Assert.Equal(0.9, Assert.Single(RunwayPlanner.OfGroup(input, new(1))).Limit, 9);
    }

    [Fact]
    public void OfGroup_EachLimitingResource_HasItsOwn()
    {
        var input = Input(1, 4, free: 0, new ScalingPolicy { Group = new(1), Maximum = 10 }, w => 2 + (0.1 * w)) with
        {
            UnitCapacity = ImmutableSortedDictionary<Resource, double>.Empty.Add(Resource.BitsPerSecond, 1e9),
        };

        var runways = RunwayPlanner.OfGroup(input, new(1));

        Assert.Equal([Resource.CpuWork, Resource.BitsPerSecond], runways.Select(r => r.Resource!.Value));
        Assert.Equal([RunwayStatus.Growing, RunwayStatus.TooShort], runways.Select(r => r.Estimate.Status));
        Assert.Equal(7e9, runways[1].Limit, 1);
        Assert.Contains("6 whole weeks of history are needed, and there are 0", runways[1].Sentence, StringComparison.Ordinal);
        Assert.Contains("SG 1 (g1) reaches its cap for CPU work about", runways[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void OfSites_AddsUpWhatGroupsNeedAgainstAllSgmsOfTheSite()
    {
        // Four of six SGMs are in the group. At 70 % of capacity 4.2 is what six can carry: reached in week 22.
        var input = Input(1, 4, free: 2, new ScalingPolicy { Group = new(1), SurviveFailures = 0 }, w => 2 + (0.1 * w));

        var runway = Assert.Single(RunwayPlanner.OfSites(input));

        Assert.Equal((6.0, RunwayStatus.Growing), (runway.Limit, runway.Estimate.Status));
        Assert.InRange((runway.Estimate.Reaches!.Value - Monday).TotalDays / 7, 22.5, 23.5);
        Assert.Contains("Site 1 reaches the last of its SGMs about", runway.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void OfSites_StandbySite_MustDoForAllOfTheWork()
    {
        var policy = new ScalingPolicy { Group = new(1), SurviveFailures = 0 };
        var shared = RunwayPlanner.OfSites(Input(2, 4, 0, policy, w => 1 + (0.1 * w), ClusteringMode.ActiveActive));
        var standby = RunwayPlanner.OfSites(Input(2, 4, 0, policy, w => 1 + (0.1 * w), ClusteringMode.ActiveStandby));

        Assert.All(shared.Zip(standby), pair => Assert.True(pair.First.Estimate.Reaches > pair.Second.Estimate.Reaches));
    }

    [Fact]
    public void OfGroup_WithoutAPolicy_HasNone()
    {
        var input = Input(1, 2, 0, new ScalingPolicy { Group = new(1) }, _ => 1);

        Assert.Empty(RunwayPlanner.OfGroup(input, new(2)));
        Assert.Empty(RunwayPlanner.OfGroup(input with { Policies = [] }, new(1)));
        Assert.Empty(RunwayPlanner.OfSites(input with { Policies = [] }));
    }

    private static RunwayInput Input(
        int sites, int perSite, int free, ScalingPolicy policy, Func<int, double> peak, ClusteringMode? mode = null)
    {
        var members = Enumerable.Range(1, sites).SelectMany(
            site => Enumerable.Range(1, perSite + free),
            (site, i) => new Gateway
            {
                Serial = new($"S{site}{i}"),
                Site = new(site),
                Group = i <= perSite ? new SecurityGroupId(1) : null,
                Model = new("9300", 24, 1),
                Release = Release.R82,
                State = i <= perSite ? MemberState.Active : MemberState.Unassigned,
            });
        double[] values = [.. Enumerable.Range(0, 12 * 168).Select(h => h % 24 is 9 or 10 ? peak(h / 168) : 0.1)];
        return new()
        {
            Fabric = new(Monday, [new SecurityGroup { Id = new(1), Name = "g1", Mode = mode }], members),
            Policies = [policy],
            Demand = ImmutableDictionary<(SecurityGroupId, Resource), TimeSeries>.Empty
                .Add((new(1), Resource.CpuWork), new(Monday, TimeSpan.FromHours(1), values)),
        };
    }
}
