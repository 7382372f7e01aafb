using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Scaling.Learning;

namespace Maestro.Telemetry.Tests.Scaling.Learning;

public sealed class TimeLearnerTests
{
    [Fact]
    public void Joins_OfOneModelAndSite_GiveTheirQuantiles()
    {
        var times = Learn([.. Enumerable.Range(1, 10).Select(i => Joins.Verified(i * 10, daysAgo: 0))]);

        var join = Assert.Single(times.Joins);
        Assert.Equal((1, "9300", false), (join.Site.Value, join.Model, join.IsMove));
        Assert.Equal((10, 10.0), (join.Time.Count, join.Time.Weight));
        Assert.Equal([50, 90, 100], Minutes(join.Time));
    }

    [Fact]
    public void Joins_OfOtherModelsSitesAndKinds_AreKeptApart()
    {
        var times = Learn(
            Joins.Verified(10), Joins.Verified(20, serial: "B"), Joins.Verified(30, serial: "C"), Joins.Verified(40, from: 2));

        Assert.Equal(
            ["1 9300 False 10", "1 9300 True 40", "1 9700 False 20", "2 9300 False 30"],
            times.Joins.Select(j => $"{j.Site} {j.Model} {j.IsMove} {j.Time.P90.TotalMinutes}"));
    }

    [Fact]
    public void OldJoins_CountLess()
    {
        // Three slow ones two half-lives ago weigh as much as three quarters of a new one.
        var times = Learn(
            [.. Enumerable.Range(0, 3).Select(i => Joins.Verified(60, 60, number: i)), Joins.Verified(10, 0)]);

        Assert.Equal(1.75, Assert.Single(times.Joins).Time.Weight, 9);
        Assert.Equal([10, 60, 60], Minutes(times.Joins[0].Time));
    }

    [Fact]
    public void Approvals_AreTheTimeFromProposalToApproval()
    {
        var times = Learn(
            Joins.Verified(10, waited: 4),
            Joins.Verified(10, 2, waited: 9),
            Joins.Verified(10, 3, waited: 60) with { Mode = ScalingMode.Enforce });

        var approval = Assert.Single(times.Approvals);
        Assert.Equal((1, 2), (approval.Group.Value, approval.Time.Count));
        Assert.Equal([4, 9, 9], Minutes(approval.Time));
    }

    [Fact]
    public void WhatDidNotArrive_IsOldOrUnknown_SaysNothing()
    {
        var times = Learn(
            Joins.Verified(10) with { State = CommandState.Failed },
            Joins.Verified(10) with { State = CommandState.Applied },
            Joins.Verified(10) with { To = null, Kind = CommandKind.Remove },
            Joins.Verified(10, daysAgo: 91),
            Joins.Verified(10, daysAgo: -1),
            Joins.Verified(10, serial: "GONE"),
            Joins.Verified(60 * 25));

        Assert.Empty(times.Joins);
        Assert.Empty(LearnedTimes.Empty.Approvals);
    }

    [Fact]
    public void OrderAndRepetition_DoNotMatter()
    {
        ScalingCommand[] commands = [.. Enumerable.Range(1, 9).Select(i => Joins.Verified(i * 7 % 23, i))];

        var times = Learn(commands);
        var other = Learn([.. commands.Reverse(), .. commands]);

        Assert.Equal(times.Joins[0].Time with { Weight = 0 }, other.Joins[0].Time with { Weight = 0 });
        Assert.Equal(times.Joins[0].Time.Weight, other.Joins[0].Time.Weight, 9);
    }

    private static LearnedTimes Learn(params ScalingCommand[] commands) =>
        TimeLearner.Learn(commands, Joins.Fabric, Scene.Noon);

    private static double[] Minutes(LearnedTime time) =>
        [time.P50.TotalMinutes, time.P90.TotalMinutes, time.P99.TotalMinutes];
}
