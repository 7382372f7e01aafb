using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Tests.Agents;

public sealed class TelemetrySenderProperties
{
    /// <summary>For each stream: how many batches the collector reads, and how many of these it acknowledges.</summary>
    private static readonly Gen<(int Read, int Acknowledged, bool Refuse)[]> Collectors = Gen.ArrayOf(
        from read in Gen.Choose(0, 6)
        from acknowledged in Gen.Choose(0, 6)
        from refuse in Gen.Elements(true, false)
        select (read, Math.Min(read, acknowledged), refuse));

    [Fact]
    public void EachRow_IsCommittedOrRefusedOnce_WhereverStreamsBreak()
    {
        // FsCheck's properties are synchronous; the sender runs on other threads, each wait of the test is bounded.
        Prop.ForAll(Collectors.ToArbitrary(), script =>
            CheckAsync(script).GetAwaiter().GetResult()).Check(Trials.Of(40));
    }

    private static async Task CheckAsync((int Read, int Acknowledged, bool Refuse)[] script)
    {
        await using var harness = new SenderHarness(o => o.MaxOutboxRows = 150);
        var rows = Enumerable.Range(0, 200).SelectMany(i => new double[] { i, 0 }).ToArray();
        var committed = new SortedDictionary<ulong, double[]>();
        harness.Run();
        var enqueue = harness.Sender.EnqueueAsync(new long[200], rows, CancellationToken.None).AsTask();

        foreach (var (read, acknowledged, refuse) in script)
        {
            var stream = await harness.ReconnectAsync();
            var batches = new List<Batch>();
            while (batches.Count < read && committed.Count + batches.Count < 15)
            {
                batches.Add(await stream.NextBatchAsync());
            }

            foreach (var batch in batches.Take(acknowledged))
            {
                Commit(stream, batch, refuse);
            }

            stream.Break();
        }

        var last = await harness.ReconnectAsync();
        while (harness.Counters is not { Enqueued: 200, Waiting: 0 })
        {
            if (committed.Values.Sum(v => v.Length) < 200)
            {
                Commit(last, await last.NextBatchAsync(), refuse: false);
            }

            await Task.Yield();
        }

        await enqueue.WaitAsync(TimeSpan.FromSeconds(10));
        var counters = harness.Counters;
        Assert.Equal(200, counters.Acknowledged + counters.RefusedByCollector);
        Assert.Equal(0, counters.RefusedByOutbox);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (double)i), committed.Values.SelectMany(v => v));

        void Commit(FakeStream stream, Batch batch, bool refuse)
        {
            var numbers = batch.Values.Where((_, at) => at % 2 == 0).ToArray();
            Assert.True(!committed.TryGetValue(batch.Sequence, out var before) || before.SequenceEqual(numbers));
            committed[batch.Sequence] = numbers;
            stream.Acknowledge(batch.Sequence, refuse
                ? [new Refusal { Sequence = batch.Sequence, Rows = { 1 }, Reason = RefusalReason.TooOld }]
                : []);
        }
    }
}
