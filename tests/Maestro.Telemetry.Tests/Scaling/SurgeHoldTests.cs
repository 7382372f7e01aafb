using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling;

public sealed class SurgeHoldTests
{
    private static readonly DateTimeOffset End = Scene.Noon.AddMinutes(100);

    [Fact]
    public void DemandAboveAllThatWasForecast_IsRememberedForAnHourAndTwoLeadTimes()
    {
        var surge = Next(new Scene().Group(1, members: 6, demand: 3.5).Memory(1, m => m with { Expected = [Thought(3)] }));

        Assert.Equal(new Surge(5, End), surge);
    }

    [Fact]
    public void DemandThatWasThoughtPossible_IsNoSurge() =>
        Assert.Null(Next(new Scene().Group(1, members: 6, demand: 3.5).Memory(1, m => m with { Expected = [Thought(5.1)] })));

    [Fact]
    public void DemandThatNobodyForecast_IsNoSurge() =>
        Assert.Null(Next(new Scene().Group(1, members: 6, demand: 3.5)));

    [Fact]
    public void HeldLevel_AsksForCapacity_AfterTheDemandFell()
    {
        var decision = Held(members: 4, units: 6, Scene.Noon.AddMinutes(9)).Pool(2).Decide();

        Assert.Equal((DecisionAction.Add, ReasonCode.Surge), (decision.Action, decision.Reason));
    }

    [Fact]
    public void HeldLevel_KeepsAnSgmThatWouldBeSpare_UntilItsTime()
    {
        Assert.Equal(DecisionAction.Hold, Held(members: 6, units: 6, Scene.Noon.AddMinutes(9)).Decide().Action);
        Assert.Equal(DecisionAction.Remove, Held(members: 6, units: 6, Scene.Noon).Decide().Action);
    }

    [Fact]
    public void LowerSurge_DoesNotReplaceTheLevelThatIsHeld() =>
        Assert.Equal(
            new Surge(6, Scene.Noon.AddMinutes(9)),
            Next(Held(members: 6, units: 6, Scene.Noon.AddMinutes(9), demand: 3.5).Memory(1, m => m with { Expected = [Thought(3)] })));

    private static Scene Held(int members, double units, DateTimeOffset until, double demand = 1) =>
        new Scene().Group(1, members, demand).Memory(1, m => m with { Surge = new(units, until) });

    private static WantedAt Thought(double units) => new(Scene.Noon.AddMinutes(-7), units);

    private static Surge? Next(Scene scene)
    {
        var surge = scene.Plan().Memory.Groups[1].Surge;
        return surge is null ? null : surge with { Units = Math.Round(surge.Units, 9) };
    }
}
