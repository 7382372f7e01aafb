using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Scaling.Guards;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Scaling.Guards;

/// <summary>From fresh samples down to none: what is not known never moves a group.</summary>
public sealed class TelemetryLadderTests
{
    [Fact]
    public void InAGap_ATrustedForecastFromBeforeIt_StillAdds()
    {
        var decision = Silent(minutes: 5).Before(1, minutes: 10, demand: 3.4).Decide();

        Assert.Equal((DecisionAction.Add, ReasonCode.Predicted), (decision.Action, decision.Reason));
        Assert.DoesNotContain(decision.Terms, t => t.Source == "reactive");
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(10, false)]
    public void InAGap_AForecastFromWithinIt_OrAnUntrustedOne_AddsNothing(int issuedBefore, bool trusted)
    {
        var decision = Silent(minutes: 5).Before(1, issuedBefore, demand: 3.4, trusted).Decide();

        Assert.Equal((DecisionAction.Hold, ReasonCode.Stale), (decision.Action, decision.Reason));
    }

    [Fact]
    public void Gap_BeginsWhenTheSamplesCeasedToBeUsable()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 0, forecast: 3.4)
            .Pool(1)
            .Memory(1, m => m with { UnusableSince = Scene.Noon.AddMinutes(-5) });
        Assert.Equal(ReasonCode.InvalidZero, scene.Decide().Reason);

        Assert.Equal(DecisionAction.Add, scene.Before(1, minutes: 10, demand: 3.4).Decide().Action);
    }

    [Fact]
    public void AfterHalfAnHour_TheLastGoodForecastIsHeldAtItsNinetyPercentQuantile_AndNothingIsRemoved()
    {
        var scene = Silent(minutes: 31, members: 12).Before(1, minutes: 40, demand: 3.4);

        var decision = scene.Decide();

        Assert.Equal((DecisionAction.Hold, ReasonCode.Stale), (decision.Action, decision.Reason));
        Assert.Contains("nothing has been usable for 31 min", decision.Sentence, StringComparison.Ordinal);
        Assert.Contains(decision.Terms, t => t.Source == "predicted" && t.Note!.StartsWith("90 %", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3, false, 3, DecisionAction.Hold)]
    [InlineData(3, true, 2, DecisionAction.Hold)]
    [InlineData(2, true, 1, DecisionAction.Hold)]
    [InlineData(1, true, 0, DecisionAction.Remove)]
    [InlineData(1, false, 1, DecisionAction.Hold)]
    public void AfterAGap_ThreeGoodSamplesComeBeforeARemoval(int left, bool isNew, int then, DecisionAction action)
    {
        var plan = new Scene().Group(1, members: 8, demand: 1.5).Memory(1, m => m with
        {
            SamplesToRecover = left,
            LastSample = Scene.Noon.AddSeconds(isNew ? -15 : -5),
        }).Plan();

        Assert.Equal(action, plan.Decisions[0].Action);
        Assert.Equal(then, plan.Memory.Groups[1].SamplesToRecover);
    }

    [Theory]
    [InlineData(0, DecisionAction.Hold)]
    [InlineData(2, DecisionAction.Hold)]
    [InlineData(3, DecisionAction.Remove)]
    public void AfterALostSample_ThreeInARowComeBeforeARemoval(int known, DecisionAction action)
    {
        var decision = new Scene().Group(1, members: 8, demand: 1.5)
            .Telemetry(1, t => t with { KnownInARow = known })
            .Decide();

        Assert.Equal(action, decision.Action);
        Assert.Equal(action == DecisionAction.Hold, decision.Reason == ReasonCode.Stale);
    }

    [Theory]
    [InlineData(0.74, DecisionAction.Hold)]
    [InlineData(0.75, DecisionAction.Remove)]
    public void WithMoreThanAQuarterOfTheHourLost_NothingIsRemoved(double share, DecisionAction action)
    {
        var decision = new Scene().Group(1, members: 8, demand: 1.5)
            .Telemetry(1, t => t with { KnownShareOfHour = share })
            .Decide();

        Assert.Equal(action, decision.Action);
        Assert.Equal(action == DecisionAction.Hold, decision.Reason == ReasonCode.Stale);
    }

    [Fact]
    public void AfterALostSample_AnSgmIsAddedAllTheSame() =>
        Assert.Equal(
            DecisionAction.Add,
            new Scene().Group(1, members: 2, demand: 1.9).Pool(2).Telemetry(1, t => t with { KnownInARow = 0 }).Decide().Action);

    [Theory]
    [InlineData(14, 10, DecisionAction.Remove)]
    [InlineData(15, 10, DecisionAction.Hold)]
    [InlineData(20, 600, DecisionAction.Remove)]
    [InlineData(30, 600, DecisionAction.Hold)]
    public void SamplesThatNeverChange_RemoveNothing(int minutes, int interval, DecisionAction action)
    {
        var decision = new Scene().Group(1, members: 8, demand: 1.5)
            .Telemetry(1, t => t with
            {
                UnchangedFor = TimeSpan.FromMinutes(minutes),
                SampleInterval = TimeSpan.FromSeconds(interval),
            })
            .Decide();

        Assert.Equal(action, decision.Action);
        Assert.Equal(action == DecisionAction.Hold, decision.Reason == ReasonCode.Stale);
    }

    [Fact]
    public void SamplesThatNeverChange_StillAdd() =>
        Assert.Equal(
            DecisionAction.Add,
            new Scene().Group(1, members: 2, demand: 1.9).Pool(2)
                .Telemetry(1, t => t with { UnchangedFor = TimeSpan.FromHours(1) })
                .Decide().Action);

    [Fact]
    public void BadSamples_StartTheCountAnew()
    {
        var plan = new Scene().Group(1, members: 8, demand: 1.5)
            .Telemetry(1, t => t with { Coverage = 0.8 })
            .Plan();

        Assert.Equal(3, plan.Memory.Groups[1].SamplesToRecover);
    }

    [Theory]
    [InlineData(0.69, 4.0)]
    [InlineData(0.75, 3.0)]
    [InlineData(0.89, 3.56)]
    [InlineData(0.95, 4.0)]
    [InlineData(1.0, 4.0)]
    public void SilentMembers_CountAsIdleForGrowing_WhenTheyAreMany(double coverage, double demand) =>
        Assert.Equal(demand, ImputedDemand.ForGrowth(4, coverage), 9);

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(0.9, 1.46)]
    [InlineData(double.NaN, 1.0)]
    public void SilentMembers_CountAsUsedAtTheTargetForShrinking(double coverage, double demand) =>
        Assert.Equal(demand, ImputedDemand.ForRemoval(1, coverage, capacity: 8, target: 0.7), 9);

    [Fact]
    public void SilentMember_ThatMayBeAtTheTarget_KeepsTheGroupFromShrinking()
    {
        var scene = new Scene().Group(1, members: 14, demand: 9.05, policy: p => p with { SurviveFailures = 0 });
        Assert.Equal(DecisionAction.Remove, scene.Decide().Action);

        var decision = scene.Telemetry(1, t => t with { Coverage = 0.9 }).Decide();
        Assert.Equal((DecisionAction.Hold, ReasonCode.LowCoverage), (decision.Action, decision.Reason));
    }

    [Fact]
    public void History_KeepsForecastsEverWiderApart()
    {
        var history = ForecastHistory.Empty;
        for (var minute = 0; minute <= 600; minute += 5)
        {
            var at = Scene.Noon.AddMinutes(minute);
            history = history.With(Scene.Forecast(new(1), 1) with { IssuedAt = at, Start = at });
        }

        var ages = history.Of(new(1), Resource.CpuWork)
            .Select(f => (Scene.Noon.AddMinutes(600) - f.IssuedAt).TotalMinutes)
            .ToList();
        Assert.Equal(0, ages[0]);
        Assert.InRange(ages.Count, 5, 8);
        Assert.All(ages.Skip(1).Zip(ages.Skip(2)), pair => Assert.True(pair.Second <= 4 * Math.Max(10, pair.First)));
        Assert.True(ages[^1] >= 160);
    }

    private static Scene Silent(int minutes, int members = 4) => new Scene()
        .Group(1, members, demand: 2, forecast: 3.4)
        .Pool(1)
        .Telemetry(1, t => t with { NewestSample = Scene.Noon.AddMinutes(-minutes) });
}
