using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling.Arbitration;

public sealed class RecallTests
{
    [Fact]
    public void ApprovedRemoval_OfAGroupThatNeedsTheSgmAgain_IsCalledOffInsteadOfAnAdd()
    {
        var plan = new Scene().Group(1, members: 5, demand: 2, forecast: 3.4).Pool(2)
            .Command("G1M05", 1, null, CommandState.Approved).Plan();

        Assert.Equal(["old-000"], plan.Withdrawn.AsEnumerable());
        Assert.Empty(plan.Commands);
        var decision = plan.Decisions[0];
        Assert.Equal((DecisionAction.Hold, ReasonCode.RemovalRecalled), (decision.Action, decision.Reason));
        Assert.Contains("G1M05", decision.Sentence, StringComparison.Ordinal);
        Assert.Contains("is called off", decision.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void ProposedRemoval_OfAGroupThatIsShortAnyway_IsCalledOff_AndAnSgmIsAddedBesides()
    {
        var plan = new Scene().Group(1, members: 4, demand: 2, forecast: 3.4).Pool(1)
            .Command("G1M04", 1, null, CommandState.Proposed).Plan();

        Assert.Equal(["old-000"], plan.Withdrawn.AsEnumerable());
        Assert.Equal(CommandKind.Add, Assert.Single(plan.Commands).Kind);
    }

    [Fact]
    public void MoveToAnotherGroup_IsCalledOffToo() =>
        Assert.Equal(
            ["old-000"],
            new Scene().Group(1, members: 5, demand: 2, forecast: 3.4).Group(2, members: 4, demand: 2)
                .Command("G1M05", 1, 2, CommandState.Approved).Plan().Withdrawn.AsEnumerable());

    [Theory]
    [InlineData(CommandState.Applying)]
    [InlineData(CommandState.Applied)]
    public void RemovalThatWasSent_IsNotCalledOff(CommandState state) =>
        Assert.Empty(new Scene().Group(1, members: 5, demand: 2, forecast: 3.4).Pool(2)
            .Command("G1M05", 1, null, state).Plan().Withdrawn);

    [Fact]
    public void RemovalOfAGroupThatHasEnough_GoesOn() =>
        Assert.Empty(new Scene().Group(1, members: 5, demand: 2)
            .Command("G1M05", 1, null, CommandState.Approved).Plan().Withdrawn);

    [Fact]
    public void FreedSgm_IsTakenBeforeOthersByTheGroupThatFreedIt() =>
        Assert.Equal("FREE102", Assert.Single(Freed(1, minutesAgo: 10, members: 4).Plan().Commands).Serial.Value);

    [Theory]
    [InlineData(10, 2, false)]
    [InlineData(10, 1, true)]
    [InlineData(31, 2, true)]
    public void FreedSgm_IsKeptForHalfAnHour_ExceptFromAHigherPriority(int minutesAgo, int priority, bool taken)
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4, policy: p => p with { Priority = priority })
            .Group(2, members: 4, demand: 2, forecast: 2.6)
            .Pool(1)
            .Command("FREE101", 2, null, CommandState.Verified, Scene.Noon.AddMinutes(-minutesAgo));

        Assert.Equal(taken ? 1 : 0, scene.Plan().Commands.Length);
        Assert.Equal(
            !taken, scene.Decide().Alternatives.Any(a => a.Contains("is kept for SG 2, which freed it", StringComparison.Ordinal)));
    }

    private static Scene Freed(int by, int minutesAgo, int members) => new Scene()
        .Group(1, members, demand: 2, forecast: 3.4)
        .Pool(2)
        .Command("FREE102", by, null, CommandState.Verified, Scene.Noon.AddMinutes(-minutesAgo));
}
