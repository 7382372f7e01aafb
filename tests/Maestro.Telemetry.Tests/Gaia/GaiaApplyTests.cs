using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Tests.Orchestration;

public sealed class GaiaApplyTests
{
    private const string Set = "set-maestro-gateway";
    private const string Apply = "apply-maestro-security-groups-changes";

    [Theory]
    [InlineData("F1", 0, 1)]
    [InlineData("A1", 1, 0)]
    [InlineData("A1", 1, 2)]
    public async Task Apply_AddRemoveMove_SetsOnceAppliesOnceAndIsDeployed(string serial, int from, int to)
    {
        await using var harness = new GaiaHarness();

        var result = await harness.ApplyAsync(serial, from, to);

        Assert.Equal(ApplyOutcome.Applied, result.Outcome);
        Assert.True(result.Done);
        Assert.Equal([$"{serial}:{from}>{to}"], harness.Fabric.Moves);
        Assert.Equal((1, 1, 0), (harness.Fabric.Sets, harness.Fabric.Applies, harness.Fabric.Discards));
    }

    [Fact]
    public async Task Apply_Again_IsAlreadyDoneAndSendsNothing()
    {
        await using var harness = new GaiaHarness();
        await harness.ApplyAsync("F1", 0, 1);

        var result = await harness.ApplyAsync("F1", 0, 1);

        Assert.Equal(ApplyOutcome.AlreadyDone, result.Outcome);
        Assert.Equal((1, 1), (harness.Fabric.Sets, harness.Fabric.Applies));
    }

    [Theory]
    [InlineData("A1", 0, 2, "is in Security Group 1, not in the pool")]
    [InlineData("F1", 2, 1, "is in the pool, not in Security Group 2")]
    [InlineData("Z9", 0, 1, "knows no SGM Z9")]
    [InlineData("F1", 0, 9, "no deployed Security Group 9")]
    public async Task Apply_NotWhereExpected_IsRefusedAndSendsNothing(string serial, int from, int to, string reason)
    {
        await using var harness = new GaiaHarness();

        var result = await harness.ApplyAsync(serial, from, to);

        Assert.Equal(ApplyOutcome.RefusedOutOfDate, result.Outcome);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.Equal((0, 0), (harness.Fabric.Sets, harness.Fabric.Applies));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(-1, 1)]
    public async Task Apply_AChangeThatIsNone_IsAnArgumentError(int from, int to)
    {
        await using var harness = new GaiaHarness();

        await Assert.ThrowsAsync<ArgumentException>(() => harness.ApplyAsync("F1", from, to));
    }

    [Fact]
    public async Task Apply_ForeignChangesStaged_AreNamedAndLeftAlone()
    {
        await using var harness = new GaiaHarness();
        harness.Fabric.Pending["B1"] = 0;

        var result = await harness.ApplyAsync("F1", 0, 1);

        Assert.Equal(ApplyOutcome.RefusedForeignPending, result.Outcome);
        Assert.Contains("SGM B1 is to go from Security Group 2 to the pool.", result.Reason, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (harness.Fabric.Sets, harness.Fabric.Applies, harness.Fabric.Discards));
        Assert.Equal(0, harness.Fabric.Pending["B1"]);
    }

    [Fact]
    public async Task Apply_AForeignGroupStaged_IsRefusedToo()
    {
        await using var harness = new GaiaHarness();
        harness.Fabric.PendingGroups = new(harness.Fabric.Groups) { [5] = "half done" };

        Assert.Equal(ApplyOutcome.RefusedForeignPending, (await harness.ApplyAsync("F1", 0, 1)).Outcome);
        Assert.Equal(0, harness.Fabric.Applies);
    }

    [Fact]
    public async Task Apply_TheSameSgmStagedElsewhere_IsForeign()
    {
        await using var harness = new GaiaHarness();
        harness.Fabric.Pending["F1"] = 2;

        Assert.Equal(ApplyOutcome.RefusedForeignPending, (await harness.ApplyAsync("F1", 0, 1)).Outcome);
        Assert.Equal(2, harness.Fabric.Pending["F1"]);
    }

    [Fact]
    public async Task Apply_ForeignChangesStagedWhileOursIs_AreNotDeployed()
    {
        await using var harness = new GaiaHarness();
        harness.First.After = command =>
        {
            if (command == Set)
            {
                harness.Fabric.Pending["B1"] = 0;
            }
        };

        var result = await harness.ApplyAsync("F1", 0, 1);

        Assert.Equal(ApplyOutcome.RefusedForeignPending, result.Outcome);
        Assert.Contains("The change of SGM F1 is staged beside them", result.Reason, StringComparison.Ordinal);
        Assert.Equal(0, harness.Fabric.Applies);
    }

    [Fact]
    public async Task Apply_OursStagedBefore_IsFinishedWithoutASecondSet()
    {
        await using var harness = new GaiaHarness();
        harness.Fabric.Set("F1", 1);

        var result = await harness.ApplyAsync("F1", 0, 1);

        Assert.Equal(ApplyOutcome.Applied, result.Outcome);
        Assert.Equal((1, 1), (harness.Fabric.Sets, harness.Fabric.Applies));
    }

    [Fact]
    public async Task Apply_SetRefused_GivesCodeAndMessage()
    {
        await using var harness = new GaiaHarness();
        harness.FailOnce(Set, FakeFault.Refused);

        var result = await harness.ApplyAsync("F1", 0, 1);

        Assert.Equal(ApplyOutcome.RefusedByOrchestrator, result.Outcome);
        Assert.Contains("generic_error; Gateway cannot be assigned; port down", result.Reason, StringComparison.Ordinal);
        Assert.Equal(0, harness.Fabric.Applies);
    }

    [Fact]
    public async Task Apply_ApplyRefused_SaysThatTheChangeIsStillStaged()
    {
        await using var harness = new GaiaHarness();
        harness.FailOnce(Apply, FakeFault.Refused);

        var result = await harness.ApplyAsync("F1", 0, 1);

        Assert.Equal(ApplyOutcome.RefusedByOrchestrator, result.Outcome);
        Assert.Contains("staged and not applied", result.Reason, StringComparison.Ordinal);
        Assert.Equal(1, harness.Fabric.Pending["F1"]);
    }

    [Theory]
    [InlineData(FakeFault.LostReply)]
    [InlineData(FakeFault.SlowDone)]
    [InlineData(FakeFault.Html503Done)]
    [InlineData(FakeFault.GarbageDone)]
    public async Task Apply_TheReplyToApplyIsLost_TheTopologyTells(FakeFault fault)
    {
        await using var harness = new GaiaHarness();
        harness.FailOnce(Apply, fault);

        var result = await harness.ApplyAsync("F1", 0, 1);

        Assert.Equal(ApplyOutcome.Applied, result.Outcome);
        Assert.Equal(1, harness.First.Count(Apply));
    }

    [Theory]
    [InlineData(FakeFault.LostRequest)]
    [InlineData(FakeFault.SlowNotDone)]
    [InlineData(FakeFault.Html503NotDone)]
    [InlineData(FakeFault.Html200)]
    public async Task Apply_ApplyIsLostForGood_SaysItMayHaveHappenedAndTheNextCallFinishes(FakeFault fault)
    {
        await using var harness = new GaiaHarness();
        harness.FailOnce(Apply, fault);

        var error = await Assert.ThrowsAsync<GaiaUnconfirmedException>(() => harness.ApplyAsync("F1", 0, 1));
        Assert.True(error.MayHaveHappened);
        Assert.Equal(1, harness.First.Count(Apply));

        Assert.Equal(ApplyOutcome.Applied, (await harness.ApplyAsync("F1", 0, 1)).Outcome);
        Assert.Equal((1, 1), (harness.Fabric.Sets, harness.Fabric.Applies));
    }

    [Theory]
    [InlineData(FakeFault.LostReply, 1)]
    [InlineData(FakeFault.SlowDone, 1)]
    [InlineData(FakeFault.LostRequest, 2)]
    [InlineData(FakeFault.Html503NotDone, 2)]
    public async Task Apply_TheReplyToSetIsLost_IsSentAgainOnlyWhenItIsNotStaged(FakeFault fault, int sent)
    {
        await using var harness = new GaiaHarness();
        harness.FailOnce(Set, fault);

        Assert.Equal(ApplyOutcome.Applied, (await harness.ApplyAsync("F1", 0, 1)).Outcome);
        Assert.Equal(sent, harness.First.Count(Set));
        Assert.Equal(["F1:0>1"], harness.Fabric.Moves);
    }

    [Theory]
    [InlineData(Set)]
    [InlineData(Apply)]
    public async Task Apply_AnErrorOfTheOrchestratorsOwn_IsRefusedWithItsWordsAndMayBeAskedAgain(string command)
    {
        await using var harness = new GaiaHarness();
        harness.FailOnce(command, FakeFault.Error500);

        var result = await harness.ApplyAsync("F1", 0, 1);

        Assert.Equal(ApplyOutcome.RefusedByOrchestrator, result.Outcome);
        Assert.Contains("HTTP 500: generic_error; Gateway cannot be assigned", result.Reason, StringComparison.Ordinal);
        Assert.Equal(ApplyOutcome.Applied, (await harness.ApplyAsync("F1", 0, 1)).Outcome);
        Assert.Equal((1, 1), (harness.Fabric.Sets, harness.Fabric.Applies));
    }

    [Fact]
    public async Task Apply_SetNeverStages_GivesUpAndSaysSo()
    {
        await using var harness = new GaiaHarness();
        harness.First.Fault = c => c == Set ? FakeFault.LostRequest : FakeFault.None;

        var error = await Assert.ThrowsAsync<GaiaUnconfirmedException>(() => harness.ApplyAsync("F1", 0, 1));

        Assert.Contains("sent 2 times and is not staged", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, harness.Fabric.Applies);
    }

    [Fact]
    public async Task Apply_TheOrchestratorIsDownFromTheStart_NothingHappened()
    {
        await using var harness = new GaiaHarness();
        harness.First.Fault = _ => FakeFault.NoConnection;

        var error = await Assert.ThrowsAsync<GaiaUnreachableException>(() => harness.ApplyAsync("F1", 0, 1));

        Assert.False(error.MayHaveHappened);
    }

    [Fact]
    public async Task Apply_TheOrchestratorDiesAfterSet_MayHaveHappened()
    {
        await using var harness = new GaiaHarness();
        harness.First.After = command =>
        {
            if (command == Set)
            {
                harness.First.Fault = _ => FakeFault.NoConnection;
            }
        };

        var error = await Assert.ThrowsAsync<GaiaUnconfirmedException>(() => harness.ApplyAsync("F1", 0, 1));

        Assert.True(error.MayHaveHappened);
    }

    [Theory]
    [InlineData(Set)]
    [InlineData(Apply)]
    public async Task Apply_TheOrchestratorDiesBeforeAStep_TheNextOneGoesOn(string command)
    {
        await using var harness = new GaiaHarness(orchestrators: 2);
        var dead = false;
        harness.First.Fault = c => (dead |= c == command) ? FakeFault.NoConnection : FakeFault.None;

        var result = await harness.ApplyAsync("F1", 0, 1);

        Assert.Equal(ApplyOutcome.Applied, result.Outcome);
        Assert.Equal((1, 1), (harness.Fabric.Sets, harness.Fabric.Applies));
        Assert.Equal(1, harness.Orchestrators[1].Count(Apply));
    }

    [Fact]
    public async Task Apply_SomebodyElseAppliesOurs_IsApplied()
    {
        await using var harness = new GaiaHarness();
        harness.First.After = command =>
        {
            if (command == Set)
            {
                harness.Fabric.Apply();
            }
        };

        Assert.Equal(ApplyOutcome.Applied, (await harness.ApplyAsync("F1", 0, 1)).Outcome);
        Assert.Equal(0, harness.First.Count(Apply));
    }

    [Fact]
    public async Task Apply_MovedOutOfBandMeanwhile_IsOutOfDate()
    {
        await using var harness = new GaiaHarness();
        harness.First.After = command =>
        {
            if (command == Set)
            {
                harness.Fabric.Set("F1", 2);
                harness.Fabric.Apply();
            }
        };

        var result = await harness.ApplyAsync("F1", 0, 1);

        Assert.Equal(ApplyOutcome.RefusedOutOfDate, result.Outcome);
        Assert.Equal(["F1:0>2"], harness.Fabric.Moves);
    }
}
