using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling.Guards;

/// <summary>A group that turned three times within two hours keeps what it has for two.</summary>
public sealed class ReversalFreezeTests
{
    [Theory]
    [InlineData(100, 60, 40, ReasonCode.ReversalFreeze)]
    [InlineData(1_000, 60, 40, ReasonCode.Surplus)]
    [InlineData(180, 160, 119, ReasonCode.ReversalFreeze)]
    [InlineData(180, 160, 121, ReasonCode.Surplus)]
    [InlineData(400, 300, 40, ReasonCode.Surplus)]
    public void ThreeTurnsWithinTwoHours_FreezeScaleInForTwo(int add, int remove, int addAgain, ReasonCode reason)
    {
        var scene = Group()
            .Command("G1M08", 1, null, CommandState.Verified, Scene.Noon.AddMinutes(-add - 15))
            .Command("G1M08", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-add))
            .Command("G1M08", 1, null, CommandState.Verified, Scene.Noon.AddMinutes(-remove))
            .Command("G1M08", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-addAgain));

        Assert.Equal(reason, scene.Decide().Reason);
    }

    [Fact]
    public void OneTurn_FreezesNothing()
    {
        var scene = Group()
            .Command("G1M07", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-100))
            .Command("G1M08", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-80))
            .Command("FREE101", 1, null, CommandState.Verified, Scene.Noon.AddMinutes(-40));

        Assert.Equal(ReasonCode.Surplus, scene.Decide().Reason);
    }

    [Theory]
    [InlineData(CommandState.Rejected)]
    [InlineData(CommandState.Expired)]
    [InlineData(CommandState.Failed)]
    public void WhatWasNotDone_IsNoTurn(CommandState state)
    {
        var scene = Group()
            .Command("G1M08", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-100))
            .Command("G1M08", 1, null, state, Scene.Noon.AddMinutes(-60))
            .Command("G1M08", null, 1, CommandState.Verified, Scene.Noon.AddMinutes(-40));

        Assert.Equal(ReasonCode.Surplus, scene.Decide().Reason);
    }

    private static Scene Group() => new Scene().Group(1, members: 8, demand: 1.5).Pool(1);
}
