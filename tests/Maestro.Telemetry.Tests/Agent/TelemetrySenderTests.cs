using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Tests.Support;

namespace Maestro.Telemetry.Tests.Agents;

public sealed class TelemetrySenderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Stream_Opens_WithWhoSpeaksAndTheColumns()
    {
        await using var harness = new SenderHarness();

        var stream = await harness.StartAsync();

        Assert.Equal(SenderHarness.Identity.ToHello(SenderHarness.Columns), stream.Hello);
    }

    [Fact]
    public async Task FullBatch_IsSentAtOnce_WithRowsInOrder()
    {
        await using var harness = new SenderHarness();
        var stream = await harness.StartAsync();

        harness.Enqueue(10);
        var batch = await stream.NextBatchAsync();

        Assert.Equal(Enumerable.Range(0, 10).SelectMany(i => new double[] { i, 50 }), batch.Values);
        Assert.Equal(Enumerable.Repeat(harness.Time.GetUtcNow().ToUnixTimeMilliseconds(), 10), batch.TimestampsUnixMs);
    }

    [Fact]
    public async Task Batch_SaysByTheClockOfTheSamplesWhenItIsSent_AlsoAgain()
    {
        var clock = new ManualTimeProvider(new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));
        await using var harness = new SenderHarness(sampleClock: clock);
        var stream = await harness.StartAsync();

        harness.Enqueue(10);
        var first = (await stream.NextAsync()).Batch.SentUnixMs;
        clock.Advance(TimeSpan.FromMinutes(5));
        stream.Break();
        stream = await harness.ReconnectAsync();
        var again = (await stream.NextAsync()).Batch.SentUnixMs;

        Assert.Equal(clock.GetUtcNow().ToUnixTimeMilliseconds(), again);
        Assert.Equal(TimeSpan.FromMinutes(5).TotalMilliseconds, again - first);
    }

    [Fact]
    public async Task PartialBatch_IsSentAfterTheLinger()
    {
        await using var harness = new SenderHarness(o => o.Linger = TimeSpan.FromSeconds(2));
        var stream = await harness.StartAsync();

        harness.Enqueue(3);
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        harness.Enqueue(1, first: 3);
        harness.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(4, (await stream.NextBatchAsync()).TimestampsUnixMs.Count);
    }

    [Fact]
    public async Task Acknowledgement_FreesTheOutbox()
    {
        await using var harness = new SenderHarness();
        var stream = await harness.StartAsync();
        harness.Enqueue(20);
        var first = await stream.NextBatchAsync();
        await stream.NextBatchAsync();
        Assert.Equal((20, 20), (harness.Counters.Waiting, harness.Counters.InFlight));

        stream.Acknowledge(first.Sequence);
        await harness.UntilAsync(c => c.Acknowledged == 10);

        Assert.Equal((20, 10, 10), (harness.Counters.Enqueued, harness.Counters.Waiting, harness.Counters.InFlight));
    }

    [Fact]
    public async Task Window_IsNeverExceeded()
    {
        await using var harness = new SenderHarness();
        var stream = await harness.StartAsync(window: 2);
        harness.Enqueue(100);

        for (var i = 0; i < 10; i++)
        {
            stream.Acknowledge((await stream.NextBatchAsync()).Sequence);
        }

        await harness.UntilAsync(c => c.Acknowledged == 100);
        Assert.InRange(stream.MaxInFlight, 1, 2);
    }

    [Fact]
    public async Task FlowHint_ChangesWindowAndRows_ForWhatIsNotSentYet()
    {
        await using var harness = new SenderHarness();
        harness.Enqueue(30);
        var stream = await harness.StartAsync(window: 1, maxRows: 4);

        var sizes = new List<int>();
        for (var rows = 0; rows < 30;)
        {
            var batch = await stream.NextBatchAsync();
            rows += batch.TimestampsUnixMs.Count;
            sizes.Add(batch.TimestampsUnixMs.Count);
            stream.Acknowledge(batch.Sequence);
        }

        Assert.All(sizes, size => Assert.InRange(size, 1, 4));
        Assert.Equal(1, stream.MaxInFlight);
    }

    [Fact]
    public async Task BrokenStream_ThatIsOpenedAgainForFewerRows_SendsTheUnacknowledgedInPartsWithNewNumbers()
    {
        await using var harness = new SenderHarness();
        var stream = await harness.StartAsync();
        harness.Enqueue(20);
        await stream.NextBatchAsync();
        var last = (await stream.NextBatchAsync()).Sequence;
        stream.Break();

        var second = await harness.ReconnectAsync(maxRows: 6);
        var rows = new List<double>();
        while (rows.Count < 20)
        {
            var batch = await second.NextBatchAsync();
            Assert.InRange(batch.TimestampsUnixMs.Count, 1, 6);
            Assert.Equal(++last, batch.Sequence);
            rows.AddRange(batch.Values.Where((_, at) => at % 2 == 0));
        }

        second.Acknowledge(last);
        await harness.UntilAsync(c => c.Acknowledged == 20);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (double)i), rows);
        Assert.Equal((20, 20, 0), (harness.Counters.Enqueued, harness.Counters.SentAgain, harness.Counters.Waiting));
    }

    [Fact]
    public async Task StreamThatAnotherProcessHasTakenOver_IsLeftToItForLong_AndTheLogSaysWhatToDo()
    {
        var logger = new ListLogger();
        await using var harness = new SenderHarness(logger: logger);
        var stream = await harness.StartAsync();
        var lost = harness.Time.GetUtcNow();

        stream.Break("Aborted", rejected: true);
        await stream.Disposed.WaitAsync(TimeSpan.FromSeconds(30));
        await harness.ReconnectAsync();

        Assert.True(harness.Time.GetUtcNow() - lost >= harness.Options.RejectedRetry / 2);
        Assert.Contains(
            logger.Lines, line => line.Contains("Another agent with the id agent-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BrokenStream_IsOpenedAgain_AndSendsTheUnacknowledgedInOrderWithTheirNumbers()
    {
        await using var harness = new SenderHarness();
        var stream = await harness.StartAsync();
        harness.Enqueue(40);
        var sent = new List<Batch>();
        for (var i = 0; i < 4; i++)
        {
            sent.Add(await stream.NextBatchAsync());
        }

        stream.Acknowledge(sent[0].Sequence);
        await harness.UntilAsync(c => c.Acknowledged == 10);
        stream.Break();
        var second = await harness.ReconnectAsync();

        for (var i = 1; i < 4; i++)
        {
            Assert.Equal(sent[i], await second.NextBatchAsync());
        }

        Assert.Equal((30, 1), (harness.Counters.SentAgain, harness.Counters.Reconnects));
        Assert.Equal([1, 2, 3], sent.Skip(1).Select(b => (int)(b.Sequence - sent[0].Sequence)));
    }

    [Fact]
    public async Task EndOfStreamByTheCollector_IsFollowedByANewStream()
    {
        await using var harness = new SenderHarness();
        var stream = await harness.StartAsync();

        stream.End();
        var second = await harness.ReconnectAsync();

        harness.Enqueue(10);
        Assert.Equal(10, (await second.NextBatchAsync()).TimestampsUnixMs.Count);
    }

    [Fact]
    public async Task Refusals_AreCountedByReason_AndNotSentAgain()
    {
        await using var harness = new SenderHarness();
        var stream = await harness.StartAsync();
        harness.Enqueue(20);
        var first = await stream.NextBatchAsync();
        var second = await stream.NextBatchAsync();

        stream.Acknowledge(second.Sequence,
            new Refusal { Sequence = first.Sequence, Rows = { 2, 3 }, Reason = RefusalReason.TooOld },
            new Refusal { Sequence = first.Sequence, Rows = { 3, 99 }, Reason = RefusalReason.Negative },
            new Refusal { Sequence = second.Sequence, Reason = RefusalReason.UnknownSerial });
        await harness.UntilAsync(c => c.Waiting == 0);

        Assert.Equal((8, 12), (harness.Counters.Acknowledged, harness.Counters.RefusedByCollector));
        Assert.Equal(
            new Dictionary<RefusalReason, long> { [RefusalReason.TooOld] = 2, [RefusalReason.UnknownSerial] = 10 },
            harness.Counters.RefusedByReason);
    }

    [Fact]
    public async Task AcknowledgementOfWhatWasNeverSent_BreaksTheStream_AndFreesNothing()
    {
        await using var harness = new SenderHarness();
        var stream = await harness.StartAsync();
        harness.Enqueue(10);
        var batch = await stream.NextBatchAsync();

        stream.Acknowledge(batch.Sequence + 1);
        var second = await harness.ReconnectAsync();

        Assert.Equal(batch, await second.NextBatchAsync());
        Assert.Equal(10, harness.Counters.Waiting);
    }

    [Fact]
    public async Task FullOutbox_RefusesTheNewRow_AndKeepsTheOldOnes()
    {
        await using var harness = new SenderHarness(o => o.MaxOutboxRows = 15);

        Assert.Equal(15, harness.Enqueue(20));
        Assert.Equal((15, 5), (harness.Counters.Enqueued, harness.Counters.RefusedByOutbox));

        var stream = await harness.StartAsync();
        Assert.Equal(0, (await stream.NextBatchAsync()).Values[0]);

        // The outbox is full, so that the second batch does not wait for more.
        Assert.Equal(5, (await stream.NextBatchAsync()).TimestampsUnixMs.Count);
    }

    [Fact]
    public async Task Outbox_IsBoundedInBytes()
    {
        // A row of two columns is 8 + 2 * 8 bytes.
        await using var harness = new SenderHarness(o => o.MaxOutboxBytes = 4_096);

        Assert.Equal(4_096 / 24, harness.Enqueue(1_000));
    }

    [Fact]
    public async Task EnqueueAsync_WaitsForRoom()
    {
        await using var harness = new SenderHarness(o => o.MaxOutboxRows = 10);
        var stream = await harness.StartAsync();
        var rows = Enumerable.Range(0, 30).SelectMany(i => new double[] { i, 50 }).ToArray();

        var enqueue = harness.Sender.EnqueueAsync(new long[30], rows, CancellationToken.None).AsTask();
        var received = new List<double>();
        while (received.Count < 60)
        {
            Assert.True(harness.Counters.Waiting <= 10);
            var batch = await stream.NextBatchAsync();
            received.AddRange(batch.Values);
            stream.Acknowledge(batch.Sequence);
        }

        await enqueue.WaitAsync(Patience);
        Assert.Equal(rows, received);
        Assert.Equal(0, harness.Counters.RefusedByOutbox);
    }

    [Fact]
    public async Task FlushAsync_SendsThePartialBatch_AndWaitsForItsAcknowledgement()
    {
        await using var harness = new SenderHarness();
        var stream = await harness.StartAsync();
        harness.Enqueue(3);

        var flush = harness.Sender.FlushAsync(CancellationToken.None);
        var batch = await stream.NextBatchAsync();
        Assert.False(flush.IsCompleted);
        stream.Acknowledge(batch.Sequence);

        await flush.WaitAsync(Patience);
        await harness.Sender.FlushAsync(CancellationToken.None).WaitAsync(Patience);
    }

    [Fact]
    public async Task NoAcknowledgementForTooLong_OpensTheStreamAgain()
    {
        await using var harness = new SenderHarness(o => o.AcknowledgementTimeout = TimeSpan.FromSeconds(30));
        var stream = await harness.StartAsync();
        harness.Enqueue(10);
        var batch = await stream.NextBatchAsync();

        var second = await harness.ReconnectAsync();

        Assert.Equal(batch, await second.NextBatchAsync());
    }

    [Fact]
    public async Task NoWelcome_OpensAnotherStream()
    {
        await using var harness = new SenderHarness();
        harness.Run();
        await (await harness.Collector.NextAsync()).NextAsync();

        await harness.ReconnectAsync();

        Assert.Equal(1, harness.Counters.Reconnects);
    }

    [Fact]
    public async Task Rejection_IsAskedAgainSlowly()
    {
        await using var harness = new SenderHarness(o => o.RejectedRetry = TimeSpan.FromMinutes(10));
        harness.Run();
        var start = harness.Time.GetUtcNow();

        var refused = await harness.Collector.NextAsync();
        refused.Break("AlreadyExists", rejected: true);

        // Else the clock may run past the time that an opening may take, before the sender has seen the answer.
        await refused.Disposed.WaitAsync(TimeSpan.FromSeconds(30));
        await harness.ReconnectAsync();

        Assert.True(harness.Time.GetUtcNow() - start >= TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Columns_AreNeeded()
    {
        await using var harness = new SenderHarness();

        Assert.Throws<ArgumentException>(() => harness.Sender.TryEnqueue(default, [1, 2, 3]));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            harness.Sender.EnqueueAsync(new long[2], new double[3], CancellationToken.None).AsTask());
    }

    [Fact]
    public void BadOptions_AreNamedAllAtOnce()
    {
        var error = Assert.Throws<ArgumentException>(() => new SenderHarness(o =>
        {
            o.BatchRows = 0;
            o.MaxWindowBatches = -1;
            o.BackoffMax = TimeSpan.Zero;
        }));

        Assert.Contains("BatchRows is 0; give a value from 1 to 100000.", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaxWindowBatches is -1", error.Message, StringComparison.Ordinal);
        Assert.Contains("BackoffMax is 00:00:00", error.Message, StringComparison.Ordinal);
    }
}
