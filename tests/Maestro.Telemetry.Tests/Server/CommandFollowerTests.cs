using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Autoscaling;

namespace Maestro.Telemetry.Tests.Service;

public sealed class CommandFollowerTests
{
    private static readonly TimeSpan JoinTimeout = TimeSpan.FromMinutes(60);

    [Theory]
    [InlineData(CommandState.Proposed, CommandState.Expired)]
    [InlineData(CommandState.Approved, CommandState.Expired)]
    [InlineData(CommandState.Applying, null)]
    [InlineData(CommandState.Verified, null)]
    [InlineData(CommandState.Failed, null)]
    [InlineData(CommandState.Rejected, null)]
    [InlineData(CommandState.Expired, null)]
    public void Look_AtExpiry_EndsOnlyWhatNobodyHasBegun(CommandState state, CommandState? end)
    {
        var command = Given.Command(state: state);

        Assert.Null(Look(command, command.ExpiresAt - TimeSpan.FromTicks(1)));
        Assert.Equal(end, Look(command, command.ExpiresAt));
    }

    [Fact]
    public void Look_ApprovedWhileItsSiteIsBusy_DoesNotExpire()
    {
        var command = Given.Command(state: CommandState.Approved);
        var late = command.ExpiresAt + TimeSpan.FromHours(1);

        Assert.Null(CommandFollower.Look(command, FabricSnapshot.Empty, late, JoinTimeout, waits: true));
    }

    [Theory]
    [InlineData(null, 1, 1, MemberState.Active, CommandState.Verified)]
    [InlineData(null, 1, 1, MemberState.Init, null)]
    [InlineData(null, 1, 2, MemberState.Active, null)]
    [InlineData(null, 1, null, MemberState.Unassigned, null)]
    [InlineData(1, null, null, MemberState.Unassigned, CommandState.Verified)]
    [InlineData(1, null, null, MemberState.Down, null)]
    [InlineData(1, null, 1, MemberState.Active, null)]
    [InlineData(1, 2, 2, MemberState.Active, CommandState.Verified)]
    [InlineData(1, 2, 1, MemberState.Active, null)]
    public void Look_Applied_IsVerifiedOnlyWhereAndHowItShouldBe(
        int? from, int? to, int? group, MemberState state, CommandState? end)
    {
        var command = Given.Command(state: CommandState.Applied, from: from, to: to);
        var now = Given.Noon + TimeSpan.FromMinutes(5);
        var gateway = Given.Gateway("S1", group, state);

        Assert.Equal(end, Look(command, now, gateway));
        Assert.Equal(end ?? CommandState.Failed, Look(command, Given.Noon + JoinTimeout, gateway));
    }

    [Fact]
    public void Look_ReadingFromBeforeTheApply_SaysNothing()
    {
        var command = Given.Command(state: CommandState.Applied);
        var before = Given.Fabric(Given.Noon, Given.Gateway("S1", 1));

        Assert.Null(CommandFollower.Look(command, before, Given.Noon + TimeSpan.FromDays(1), JoinTimeout));
    }

    [Fact]
    public void Look_GatewayGone_FailsInASentence()
    {
        var command = Given.Command(state: CommandState.Applied);
        var now = Given.Noon + JoinTimeout;

        var end = CommandFollower.Look(command, Given.Fabric(now), now, JoinTimeout);

        Assert.Equal(
            (CommandState.Failed, "SGM S1 is not in the fabric after 01:00:00; look at it on the Orchestrator."), end);
    }

    [Fact]
    public void Sendable_OneChangeOnItsWayPerSite_WhatWasBeingSentFirst()
    {
        var sendable = CommandFollower.Sendable(
        [
            Given.Command("joins", CommandState.Applied, "S1", site: 1),
            Given.Command("beside", CommandState.Approved, "S2", site: 1),
            Given.Command("frees", CommandState.Approved, "S0", site: 1) with { Kind = CommandKind.Remove },
            Given.Command("next", CommandState.Approved, "S3", site: 2),
            Given.Command("after", CommandState.Approved, "S4", site: 2),
            Given.Command("begun", CommandState.Applying, "S5", site: 3),
            Given.Command("behind", CommandState.Approved, "S6", site: 3),
            Given.Command("proposed", CommandState.Proposed, "S7", site: 4),
        ]);

        Assert.Equal(["begun", "beside", "next"], sendable.Select(c => c.Id));
    }

    private static CommandState? Look(ScalingCommand command, DateTimeOffset now, params Gateway[] gateways) =>
        CommandFollower.Look(command, Given.Fabric(now, gateways), now, JoinTimeout)?.State;
}
