using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Tests.Agents;

public sealed class TelemetrySenderStopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Stop_SendsWhatIsLeft_CompletesTheStream_AndTakesNoMore()
    {
        await using var harness = new SenderHarness();
        var stream = await harness.StartAsync();
        harness.Enqueue(13);
        var first = await stream.NextBatchAsync();

        harness.Stop();
        var second = await stream.NextBatchAsync();
        Assert.Equal(3, second.TimestampsUnixMs.Count);
        Assert.Equal(0, harness.Enqueue(1));
        stream.Acknowledge(first.Sequence);
        stream.Acknowledge(second.Sequence);
        await stream.Completed.WaitAsync(Patience);
        stream.End();

        await harness.StoppedAsync();
        Assert.Equal((13, 13, 1),
            (harness.Counters.Enqueued, harness.Counters.Acknowledged, harness.Counters.RefusedByOutbox));
    }

    [Fact]
    public async Task Stop_EndsAfterTheGrace_AndSaysWhatIsLeft()
    {
        await using var harness = new SenderHarness(o => o.StopGrace = TimeSpan.FromSeconds(5));
        var stream = await harness.StartAsync();
        harness.Enqueue(10);
        await stream.NextBatchAsync();
        var flush = harness.Sender.FlushAsync(CancellationToken.None);

        harness.Stop();
        harness.Time.Advance(TimeSpan.FromSeconds(5));

        await harness.StoppedAsync();
        Assert.Equal(10, harness.Counters.Waiting);
        await Assert.ThrowsAsync<InvalidOperationException>(() => flush.WaitAsync(Patience));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => harness.Sender.FlushAsync(CancellationToken.None).WaitAsync(Patience));
    }

    [Fact]
    public async Task Stop_DuringAWait_TriesOnceMore()
    {
        await using var harness = new SenderHarness(o => o.RejectedRetry = TimeSpan.FromHours(1));
        var stream = await harness.StartAsync();
        harness.Enqueue(10);
        await stream.NextBatchAsync();
        stream.Break("AlreadyExists", rejected: true);
        await harness.UntilAsync(c => c.InFlight == 0);

        harness.Stop();
        var second = await (await harness.Collector.NextAsync()).WelcomeAsync();
        second.Acknowledge((await second.NextBatchAsync()).Sequence);
        await second.Completed.WaitAsync(Patience);
        second.End();

        await harness.StoppedAsync();
        Assert.Equal(10, harness.Counters.Acknowledged);
    }

    [Fact]
    public async Task Stop_WithNothingLeft_OpensNoStream()
    {
        await using var harness = new SenderHarness();
        harness.Stop();
        harness.Run();

        await harness.StoppedAsync();
        Assert.Equal(0, harness.Counters.Reconnects);
    }

    [Fact]
    public async Task Stop_RefusesWhoWaitsForRoom()
    {
        await using var harness = new SenderHarness(o => o.MaxOutboxRows = 10);
        await harness.StartAsync();
        var enqueue = harness.Sender.EnqueueAsync(new long[25], new double[50], CancellationToken.None).AsTask();
        Assert.Equal(10, harness.Counters.Enqueued);

        harness.Stop();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => enqueue.WaitAsync(Patience));
        Assert.Contains("15 of 25", error.Message, StringComparison.Ordinal);
        Assert.Equal(15, harness.Counters.RefusedByOutbox);
    }

    [Fact]
    public async Task ChangeIdentity_WaitsForWhatIsInFlight_AndOpensWithTheNewOne()
    {
        await using var harness = new SenderHarness();
        var stream = await harness.StartAsync(window: 1);
        harness.Enqueue(20);
        var first = await stream.NextBatchAsync();

        harness.Sender.ChangeIdentity(SenderHarness.Identity with { SecurityGroup = 9 });
        stream.Acknowledge(first.Sequence);
        await stream.Completed.WaitAsync(Patience);
        stream.End();
        var second = await (await harness.Collector.NextAsync()).WelcomeAsync();

        Assert.Equal(9, second.Hello!.SecurityGroup);
        Assert.Equal(first.Sequence + 1, (await second.NextBatchAsync()).Sequence);
        Assert.Equal(0, harness.Counters.SentAgain);
    }

    [Fact]
    public async Task ChangeIdentity_WithoutAcknowledgements_GoesOnAfterTheGrace()
    {
        await using var harness = new SenderHarness();
        var stream = await harness.StartAsync();
        harness.Enqueue(10);
        var batch = await stream.NextBatchAsync();

        harness.Sender.ChangeIdentity(SenderHarness.Identity with { SecurityGroup = 9 });
        var second = await harness.ReconnectAsync();

        Assert.Equal(9, second.Hello!.SecurityGroup);
        Assert.Equal(batch, await second.NextBatchAsync());
    }

    [Fact]
    public async Task ChangeIdentity_ToAnotherSgm_IsRefused()
    {
        await using var harness = new SenderHarness();

        Assert.Throws<ArgumentException>(() =>
            harness.Sender.ChangeIdentity(SenderHarness.Identity with { Serial = "SN-2" }));
    }

    [Fact]
    public async Task Sequence_GrowsAcrossRestarts()
    {
        await using var harness = new SenderHarness();
        var stream = await harness.StartAsync();
        harness.Enqueue(10);
        var before = (await stream.NextBatchAsync()).Sequence;

        await using var restarted = new SenderHarness();
        restarted.Time.Advance(TimeSpan.FromSeconds(1));
        await using var sender = new Maestro.Telemetry.Agent.TelemetrySender(
            restarted.Options, restarted.Collector, SenderHarness.Identity, SenderHarness.Columns, restarted.Time,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var run = sender.RunAsync(stop.Token);
        var second = await (await restarted.Collector.NextAsync()).WelcomeAsync();
        Assert.True(await sender.FlushedAsync(second) > before);
        await stop.CancelAsync();
        second.End();
        await run.WaitAsync(Patience);
    }
}

file static class SenderExtensions
{
    public static async Task<ulong> FlushedAsync(this Maestro.Telemetry.Agent.TelemetrySender sender, FakeStream stream)
    {
        sender.TryEnqueue(DateTimeOffset.UnixEpoch, [1, 2]);
        var flush = sender.FlushAsync(CancellationToken.None);
        Batch batch = await stream.NextBatchAsync();
        stream.Acknowledge(batch.Sequence);
        await flush.WaitAsync(TimeSpan.FromSeconds(10));
        return batch.Sequence;
    }
}
