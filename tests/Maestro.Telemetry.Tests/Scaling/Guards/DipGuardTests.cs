using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Scaling.Guards;

/// <summary>A fall of demand that the forecast thought impossible is not believed for an hour.</summary>
public sealed class DipGuardTests
{
    [Fact]
    public void SecondSampleBelowTheForecast_FreezesScaleInForAnHour()
    {
        var plan = Fallen(samples: 1).Plan();

        Assert.Equal((DecisionAction.Hold, ReasonCode.DipGuard), (plan.Decisions[0].Action, plan.Decisions[0].Reason));
        Assert.Equal(Scene.Noon.AddMinutes(60), plan.Memory.Groups[1].DipUntil);
        Assert.Equal(3, plan.Memory.Groups[1].DipDemand[Resource.CpuWork], 0.01);
    }

    [Fact]
    public void FirstSampleBelowTheForecast_WaitsForTheNext()
    {
        var plan = Fallen(samples: 0).Plan();

        Assert.Equal(ReasonCode.DipGuard, plan.Decisions[0].Reason);
        Assert.Null(plan.Memory.Groups[1].DipUntil);
        Assert.Equal(1, plan.Memory.Groups[1].DipSamples);
    }

    [Fact]
    public void SameSampleTwice_CountsOnce()
    {
        var plan = Fallen(samples: 1).Memory(1, m => m with { LastSample = Scene.Noon.AddSeconds(-5) }).Plan();

        Assert.Null(plan.Memory.Groups[1].DipUntil);
    }

    [Theory]
    [InlineData(1, DecisionAction.Hold)]
    [InlineData(0, DecisionAction.Remove)]
    public void Freeze_EndsByItself(int minutesLeft, DecisionAction action)
    {
        var scene = new Scene().Group(1, members: 8, demand: 1).Memory(1, m => m with
        {
            DipUntil = Scene.Noon.AddMinutes(minutesLeft),
            DipDemand = m.DipDemand.Add(Resource.CpuWork, 3),
        });

        Assert.Equal(action, scene.Decide().Action);
    }

    [Theory]
    [InlineData(1.4, 0, 60)]
    [InlineData(1.4, 3, 60)]
    [InlineData(1.6, 0, 20)]
    [InlineData(1.4, 4, 20)]
    public void Freeze_BeginsAnewWhileHalfIsMissing_ForFourHoursAtMost(double demand, int hours, int minutesLeft)
    {
        // The newest forecasts know of the fall: by them it is none.
        var plan = new Scene().Group(1, members: 8, demand).Memory(1, m => m with
        {
            DipSince = Scene.Noon.AddHours(-hours),
            DipUntil = Scene.Noon.AddMinutes(20),
            DipDemand = m.DipDemand.Add(Resource.CpuWork, 3),
        }).Plan();

        Assert.Equal(ReasonCode.DipGuard, plan.Decisions[0].Reason);
        Assert.Equal(Scene.Noon.AddMinutes(minutesLeft), plan.Memory.Groups[1].DipUntil);
        Assert.Equal(Scene.Noon.AddHours(-hours), plan.Memory.Groups[1].DipSince);
    }

    [Fact]
    public void WhatWasForecastBeforeTheFall_CountsAsDemand()
    {
        var scene = new Scene().Group(1, members: 4, demand: 0.5).Pool(1).Before(1, minutes: 30, demand: 3.2)
            .Memory(1, m => m with { DipSamples = 1 });

        var decision = scene.Decide();

        Assert.Equal((DecisionAction.Add, ReasonCode.DipGuard), (decision.Action, decision.Reason));
        Assert.Contains(decision.Terms, t => t is { Source: "held", Demand: > 3.1 and < 3.3 });
    }

    [Theory]
    [InlineData(2.95, 30)]
    [InlineData(3.0, 30)]
    [InlineData(1.0, 1)]
    public void SmallFall_OrAForecastThatMayKnowOfIt_IsNoDip(double demand, int minutes)
    {
        var scene = new Scene().Group(1, members: 8, demand).Before(1, minutes, demand: 3)
            .Memory(1, m => m with { DipSamples = 1 });

        Assert.NotEqual(ReasonCode.DipGuard, scene.Decide().Reason);
    }

    private static Scene Fallen(int samples) => new Scene()
        .Group(1, members: 8, demand: 1)
        .Before(1, minutes: 30, demand: 3)
        .Memory(1, m => m with { DipSamples = samples });
}
