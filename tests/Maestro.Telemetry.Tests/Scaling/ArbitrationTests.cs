using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Scaling;

public sealed class ArbitrationTests
{
    [Fact]
    public void LastFreeSgm_GoesToTheGroupOfHigherPriority_AndTheOtherIsTold()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2.8, forecast: 3.4, policy: p => p with { Priority = 3 })
            .Group(2, members: 4, demand: 2.8, forecast: 3.4, policy: p => p with { Priority = 1 })
            .Pool(1);

        var plan = scene.Plan();

        Assert.Equal(2, Assert.Single(plan.Commands).To!.Value.Value);
        var loser = plan.Decisions[0];
        Assert.Equal((DecisionAction.Hold, ReasonCode.PriorityLost), (loser.Action, loser.Reason));
        Assert.Contains("FREE101 went to SG 2 (group-2) (priority 1)", loser.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void EqualPriority_IsDecidedByTheId()
    {
        var scene = new Scene()
            .Group(2, members: 4, demand: 2.8, forecast: 3.4)
            .Group(1, members: 4, demand: 2.8, forecast: 3.4)
            .Pool(1);

        Assert.Equal(1, Assert.Single(scene.Plan().Commands).To!.Value.Value);
    }

    [Fact]
    public void EmptyPool_IsHelpedByAGroupThatCanSpareAnSgm()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4)
            .Group(2, members: 6, demand: 1.5);

        var plan = scene.Plan();

        var command = Assert.Single(plan.Commands);
        Assert.Equal((CommandKind.Move, 2, 1), (command.Kind, command.From!.Value.Value, command.To!.Value.Value));
        Assert.Equal("G2M06", command.Serial.Value);
        Assert.Equal(DecisionAction.MoveIn, plan.Decisions[0].Action);
        Assert.Equal((DecisionAction.MoveOut, ReasonCode.Donor), (plan.Decisions[1].Action, plan.Decisions[1].Reason));
        Assert.Equal((5, 5), (plan.Decisions[0].Desired, plan.Decisions[1].Desired));
    }

    [Fact]
    public void Pool_IsUsedBeforeADonor()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4)
            .Group(2, members: 6, demand: 1.5)
            .Remember(2, 6)
            .Pool(1);

        Assert.Equal(CommandKind.Add, Assert.Single(scene.Plan().Commands).Kind);
    }

    [Fact]
    public void Donor_WhoseOwnPeakIsComing_KeepsItsSgm()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4)
            .Group(2, members: 6, demand: 1.5, forecast: 4);

        var plan = scene.Plan();

        Assert.Empty(plan.Commands);
        Assert.Equal(ReasonCode.PoolEmpty, plan.Decisions[0].Reason);
        Assert.Contains(plan.Decisions[0].Alternatives, a => a.StartsWith("Not from SG 2", StringComparison.Ordinal));
    }

    [Fact]
    public void Donor_StillCoolingDown_KeepsItsSgm()
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4)
            .Group(2, members: 6, demand: 1.5)
            .Command("G2M05", null, 2, CommandState.Verified, Scene.Noon.AddMinutes(-9));

        Assert.Empty(scene.Plan().Commands);
    }

    [Theory]
    [InlineData(ScalingMode.Enforce, ScalingMode.Enforce, ScalingMode.Enforce)]
    [InlineData(ScalingMode.Enforce, ScalingMode.Recommend, ScalingMode.Recommend)]
    [InlineData(ScalingMode.Recommend, ScalingMode.Enforce, ScalingMode.Recommend)]
    public void Move_HasTheStricterOfTheTwoModes(ScalingMode receiver, ScalingMode donor, ScalingMode expected)
    {
        var scene = new Scene()
            .Group(1, members: 4, demand: 2, forecast: 3.4, policy: p => p with { ScaleOutMode = receiver })
            .Group(2, members: 6, demand: 1.5, policy: p => p with { ScaleInMode = donor });

        Assert.Equal(expected, Assert.Single(scene.Plan().Commands).Mode);
    }

    [Fact]
    public void GroupThatOnlyObserves_TakesNothingFromAGroupThatActs()
    {
        var scene = new Scene()
            .Group(
                1,
                members: 4,
                demand: 2,
                forecast: 3.4,
                policy: p => p with { Priority = 1, ScaleOutMode = ScalingMode.Observe })
            .Group(
                2,
                members: 4,
                demand: 2,
                forecast: 3.4,
                policy: p => p with { Priority = 3, ScaleOutMode = ScalingMode.Enforce })
            .Pool(1)
            .Command("FREE101", null, 1, CommandState.Proposed, mode: ScalingMode.Observe);

        var command = Assert.Single(scene.Plan().Commands);

        Assert.Equal((2, ScalingMode.Enforce), (command.To!.Value.Value, command.Mode));
    }
}
