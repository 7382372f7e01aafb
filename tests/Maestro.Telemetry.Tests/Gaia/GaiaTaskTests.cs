using System.Text.Json.Nodes;
using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Tests.Orchestration;

public sealed class GaiaTaskTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Apply_AnsweredWithATask_IsFollowedToItsEnd(int polls)
    {
        await using var harness = new GaiaHarness();
        harness.First.TaskPolls = polls;

        var result = await harness.ApplyAsync("F1", 0, 1);

        Assert.Equal(ApplyOutcome.Applied, result.Outcome);
        Assert.Equal(polls + 1, harness.First.Count("show-task"));
    }

    [Theory]
    [InlineData("""[{"errors":"no licence"}]""")]
    [InlineData("""[{"fault-message":"no licence"}]""")]
    [InlineData("""[{"errors":[{"message":"no licence"}]}]""")]
    public async Task Apply_AFailedTask_IsRefusedWithItsWords(string details)
    {
        await using var harness = new GaiaHarness();
        harness.First.TaskPolls = 1;
        harness.First.TaskEnd = new() { ["status"] = "failed", ["task-details"] = JsonNode.Parse(details) };

        var result = await harness.ApplyAsync("F1", 0, 1);

        Assert.Equal(ApplyOutcome.RefusedByOrchestrator, result.Outcome);
        Assert.Contains("'failed': no licence", result.Reason, StringComparison.Ordinal);
        Assert.Empty(harness.Fabric.Moves);
    }

    [Theory]
    [InlineData(FakeFault.LostRequest)]
    [InlineData(FakeFault.Html503NotDone)]
    [InlineData(FakeFault.SessionExpired)]
    [InlineData(FakeFault.SlowNotDone)]
    public async Task Apply_ATaskThatCannotBeSeenForAMoment_IsLookedAtAgain(FakeFault fault)
    {
        await using var harness = new GaiaHarness();
        harness.First.TaskPolls = 2;
        harness.FailOnce("show-task", fault);

        Assert.Equal(ApplyOutcome.Applied, (await harness.ApplyAsync("F1", 0, 1)).Outcome);
        Assert.Equal(1, harness.Fabric.Applies);
    }

    [Fact]
    public async Task Apply_ATaskWithoutEnd_IsBoundedAndMayHaveHappened()
    {
        await using var harness = new GaiaHarness(configure: o => o.TaskTimeout = TimeSpan.FromMinutes(1));
        harness.First.TaskPolls = int.MaxValue;

        var error = await Assert.ThrowsAsync<GaiaUnconfirmedException>(() => harness.ApplyAsync("F1", 0, 1));

        Assert.True(error.MayHaveHappened);
        Assert.Contains("did not end within 60 s", error.Message, StringComparison.Ordinal);
        Assert.Equal(30, harness.First.Count("show-task"));
    }

    [Fact]
    public async Task Apply_ATaskThatIsForgotten_TheTopologyTells()
    {
        await using var harness = new GaiaHarness();
        harness.First.TaskPolls = 1;
        harness.FailOnce("show-task", FakeFault.Refused);

        var error = await Assert.ThrowsAsync<GaiaUnconfirmedException>(() => harness.ApplyAsync("F1", 0, 1));

        Assert.Contains("does not know the task", error.Message, StringComparison.Ordinal);
    }
}
