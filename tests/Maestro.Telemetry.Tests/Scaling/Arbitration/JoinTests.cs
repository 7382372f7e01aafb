using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling.Arbitration;

/// <summary>An SGM joins group 1, which needs two more; its lead time is 20 minutes.</summary>
public sealed class JoinTests
{
    [Fact]
    public void JoinInTime_DoesNotKeepTheNextSgmOut() =>
        Assert.Equal("FREE102", Assert.Single(Joining(40).Plan().Commands).Serial.Value);

    [Fact]
    public void LateJoin_IsLookedIntoBeforeOthersFollow()
    {
        var decision = Joining(41).Decide();

        Assert.Equal((DecisionAction.Hold, ReasonCode.ChangeInFlight), (decision.Action, decision.Reason));
    }

    [Fact]
    public void Validator_SaysTheSame()
    {
        var plan = Joining(40).Plan();

        Assert.Contains(
            PlanValidator.Check(Joining(41).Input(), plan), f => f.Contains("is in flight", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(CommandState.Approved)]
    [InlineData(CommandState.Applying)]
    public void AddThatIsNotAppliedYet_KeepsTheNextOneOut(CommandState state) =>
        Assert.Empty(Joining(5, state).Plan().Commands);

    [Fact]
    public void AnotherGroup_MayGrowBesideAJoin()
    {
        var scene = Joining(10).Group(2, members: 4, demand: 2, forecast: 3.4);

        Assert.Contains(scene.Plan().Commands, c => c.To?.Value == 2);
    }

    [Fact]
    public void RemovalsAndMoves_WaitForAJoin()
    {
        var scene = new Scene().Group(1, members: 5, demand: 3).Group(2, members: 8, demand: 1.5).Pool(1)
            .Command("FREE101", null, 1, CommandState.Applied, Scene.Noon.AddMinutes(-10));

        var decision = scene.Decide(2);

        Assert.Equal((DecisionAction.Hold, ReasonCode.ChangeInFlight), (decision.Action, decision.Reason));
    }

    private static Scene Joining(int minutes, CommandState state = CommandState.Applied) => new Scene()
        .Group(1, members: 4, demand: 2, forecast: 4)
        .Pool(3)
        .Command("FREE101", null, 1, state, Scene.Noon.AddMinutes(-minutes));
}
