using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling.Arbitration;

/// <summary>Group 1 is short; group 2 could spare an SGM, and got one from group 3 before.</summary>
public sealed class AntiThrashTests
{
    [Fact]
    public void GroupThatGotAnSgmWithinSixHours_GivesNone()
    {
        var decision = Scenery(3).Decide();

        Assert.Equal(DecisionAction.Hold, decision.Action);
        Assert.Contains(
            decision.Alternatives,
            a => a.Contains("it got SGM G2M06 from another group at 09:00 UTC, and gives none before 15:00 UTC", StringComparison.Ordinal));
    }

    [Fact]
    public void GroupThatGotAnSgmLongAgo_GivesIt() =>
        Assert.Equal("G2M06", Assert.Single(Scenery(7).Plan().Commands).Serial.Value);

    [Fact]
    public void SgmThatMovedTwiceWithinADay_Stays_AndAnotherIsGiven() =>
        Assert.Equal("G2M05", Assert.Single(Scenery(7, 20).Plan().Commands).Serial.Value);

    [Fact]
    public void SgmThatMovedTwice_OnceMoreThanADayAgo_MovesAgain() =>
        Assert.Equal("G2M06", Assert.Single(Scenery(7, 25).Plan().Commands).Serial.Value);

    private static Scene Scenery(params int[] hoursAgo) => hoursAgo.Aggregate(
        new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4)
            .Group(2, members: 6, demand: 1.5)
            .Group(3, members: 2, demand: 0.5),
        (scene, hours) => scene.Command("G2M06", 3, 2, CommandState.Verified, Scene.Noon.AddHours(-hours)));
}
