using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Scaling;

/// <summary>What holds a group, and what still goes through.</summary>
public sealed class StopTests
{
    private static readonly SecurityGroupId One = new(1);

    public static TheoryData<double, double, ReasonCode, DecisionAction> Ladder => new()
    {
        { 5, 1.0, ReasonCode.Surplus, DecisionAction.Remove },
        { 21, 1.0, ReasonCode.Stale, DecisionAction.Hold },
        { 51, 1.0, ReasonCode.Stale, DecisionAction.Hold },
        { -31, 1.0, ReasonCode.Stale, DecisionAction.Hold },
        { 5, 0.89, ReasonCode.LowCoverage, DecisionAction.Hold },
        { 5, 0.69, ReasonCode.LowCoverage, DecisionAction.Hold },
        { 5, double.NaN, ReasonCode.LowCoverage, DecisionAction.Hold },
    };

    [Theory]
    [MemberData(nameof(Ladder))]
    public void Removal_NeedsFreshSamplesOfNearlyAllMembers(
        double ageSeconds, double coverage, ReasonCode reason, DecisionAction action)
    {
        var scene = new Scene().Group(1, members: 6, demand: 1.5).Telemetry(1, t => t with
        {
            NewestSample = Scene.Noon.AddSeconds(-ageSeconds),
            Coverage = coverage,
        });

        var decision = scene.Decide();

        Assert.Equal((action, reason), (decision.Action, decision.Reason));
    }

    [Theory]
    [InlineData(49, 0.75, DecisionAction.Add)]
    [InlineData(51, 0.75, DecisionAction.Hold)]
    [InlineData(49, 0.65, DecisionAction.Hold)]
    public void Add_ForTheDemandNow_NeedsSamplesThatAreNotTooOldOrTooFew(
        double ageSeconds, double coverage, DecisionAction action)
    {
        var scene = new Scene().Group(1, members: 4, demand: 4, forecast: 2).Pool(2).Telemetry(1, t => t with
        {
            NewestSample = Scene.Noon.AddSeconds(-ageSeconds),
            Coverage = coverage,
        });

        Assert.Equal(action, scene.Decide().Action);
    }

    [Fact]
    public void ZeroDemandOfActiveMembers_IsNoMeasurement()
    {
        var decision = new Scene().Group(1, members: 6, demand: 0, forecast: 1).Decide();

        Assert.Equal((DecisionAction.Hold, ReasonCode.InvalidZero), (decision.Action, decision.Reason));
    }

    [Fact]
    public void MissingTelemetry_Holds() =>
        Assert.Equal(
            ReasonCode.NoTelemetry,
            new Scene().Group(1, members: 6, demand: 1).Telemetry(1, _ => null).Decide().Reason);

    [Fact]
    public void UnmeasuredDemand_StopsRemovals()
    {
        var scene = new Scene().Group(1, members: 6, demand: 1).Telemetry(1, t => t with
        {
            Demand = ImmutableSortedDictionary<Resource, double>.Empty.Add(Resource.CpuWork, double.NaN),
        });

        Assert.Equal((DecisionAction.Hold, ReasonCode.NoTelemetry), (scene.Decide().Action, scene.Decide().Reason));
    }

    [Fact]
    public void Schedule_IsServedWithoutTelemetry_ALeadTimeAhead()
    {
        var schedule = new ScalingSchedule
        {
            Name = "lunch",
            Minimum = 5,
            Days = [DayOfWeek.Wednesday],
            From = new TimeOnly(12, 20),
            To = new TimeOnly(14, 0),
            Zone = TimeZoneInfo.Utc,
        };
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, policy: p => p with { Schedules = [schedule] })
            .Pool(2)
            .Telemetry(1, _ => null);

        var decision = scene.Decide();

        Assert.Equal((DecisionAction.Add, ReasonCode.Scheduled), (decision.Action, decision.Reason));
        Assert.Contains("5 SGMs by schedule lunch", decision.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(1, null, true)]
    [InlineData(2, null, false)]
    [InlineData(1, 10, true)]
    [InlineData(1, -10, false)]
    public void Pause_HoldsWhatItIsFor_UntilItEnds(int? group, int? minutes, bool holds)
    {
        var scene = new Scene().Group(1, members: 4, demand: 2, forecast: 3.4).Pool(2);
        scene.Pauses.Add(new PauseRecord(
            group is { } id ? new SecurityGroupId(id) : null,
            "anna",
            "policy installation",
            Scene.Noon.AddHours(-1),
            minutes is { } m ? Scene.Noon.AddMinutes(m) : null));

        var decision = scene.Decide();

        Assert.Equal(holds, decision is { Action: DecisionAction.Hold, Reason: ReasonCode.Paused });
        Assert.Equal(holds, decision.Sentence.Contains("anna", StringComparison.Ordinal));
    }

    [Fact]
    public void PausedGroup_GivesNothingEither()
    {
        var scene = new Scene().Group(1, members: 4, demand: 2, forecast: 3.4).Group(2, members: 6, demand: 1.5);
        scene.Pauses.Add(new PauseRecord(new(2), "anna", "upgrade", Scene.Noon, null));

        Assert.Empty(scene.Plan().Commands);
    }

    [Fact]
    public void ForeignStagedChange_HoldsEverything()
    {
        var scene = new Scene().Group(1, members: 4, demand: 2, forecast: 3.4).Pool(2);
        scene.Pending.Add(new PendingChange(new("FREE102"), null, One, "FREE102 would join SG 1"));

        Assert.Equal((DecisionAction.Hold, ReasonCode.PendingForeign), (scene.Decide().Action, scene.Decide().Reason));
    }

    [Fact]
    public void OwnStagedChange_IsNotForeign()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4, sites: 2)
            .Pool(2)
            .Pool(1, site: 2)
            .Command("FREE102", null, 1, CommandState.Applying);
        scene.Pending.Add(new PendingChange(new("FREE102"), null, One, "FREE102 would join SG 1"));

        Assert.Equal(ReasonCode.ChangeInFlight, scene.Decide().Reason);
    }

    [Fact]
    public void GroupBelowR8120_IsRefused()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4, release: "R81.10")
            .Pool(2, release: "R81.10");

        Assert.Equal((DecisionAction.Hold, ReasonCode.ReleaseTooOld), (scene.Decide().Action, scene.Decide().Reason));
    }

    [Fact]
    public void UnknownMemberStates_StartNoStormOfAdds()
    {
        var scene = new Scene().Group(1, members: 4, demand: 2).Pool(4);
        for (var i = 1; i <= 4; i++)
        {
            scene.Gateway($"G1M0{i}", g => g with { State = MemberState.Unknown });
        }

        Assert.Empty(scene.Plan().Commands);
    }
}
