using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Tests.Replay;

public sealed class ReplayWithdrawalTests
{
    [Theory]
    [InlineData(ScalingMode.Recommend)]
    [InlineData(ScalingMode.Enforce)]
    public void RemovalThatWasNotStarted_IsCalledOff_AndTheGroupKeepsItsSgm(ScalingMode mode)
    {
        // One change at a time, so that what is enforced waits for the one before it.
        var fabric = new ReplayFabric(Traces.Scenario(Traces.Days(1)) with { JoinsTogether = false });
        var free = fabric.Read(Traces.Start).Pool.First();
        fabric.Carry([Command("add", CommandKind.Add, free, ScalingMode.Enforce)], Traces.Start);
        var members = fabric.MembersOf(new(1));
        var last = fabric.Read(Traces.Start).MembersOf(new(1)).First();
        fabric.Carry([Command("removal", CommandKind.Remove, last, mode)], Traces.Start);

        fabric.Withdraw(["removal", "add"], Traces.Start + Traces.Step);
        var started = fabric.Carry([], Traces.Start + (Traces.Step * 9));

        Assert.Empty(started);
        Assert.Equal(members, fabric.MembersOf(new(1)));
        Assert.Equal(
            [("add", CommandState.Applied), ("removal", CommandState.Expired)],
            fabric.CommandsSince(Traces.Start).Select(c => (c.Id, c.State)));
    }

    private static ScalingCommand Command(string id, CommandKind kind, Gateway gateway, ScalingMode mode) => new()
    {
        Id = id,
        Kind = kind,
        Serial = gateway.Serial,
        Site = gateway.Site,
        From = kind == CommandKind.Add ? null : new SecurityGroupId(1),
        To = kind == CommandKind.Add ? new SecurityGroupId(1) : null,
        DecisionId = "decision",
        Reason = "a test",
        Mode = mode,
        CreatedAt = Traces.Start,
        UpdatedAt = Traces.Start,
        ExpiresAt = Traces.Start.AddMinutes(15),
    };
}
