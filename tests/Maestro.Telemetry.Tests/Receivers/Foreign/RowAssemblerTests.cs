using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Receivers.Intake;
using Maestro.Telemetry.Tests.Service;

namespace Maestro.Telemetry.Tests.Receivers.Foreign;

public sealed class RowAssemblerTests
{
    private static readonly Dictionary<MetricId, double> FirstSweep = new()
    {
        [MetricId.CpuMeanPercent] = 25,
        [MetricId.CpuBusiestCorePercent] = 40,
        [MetricId.MemoryUsedPercent] = 75,
        [MetricId.ConcurrentConnections] = 123,
        [MetricId.ConnectionsPerSecond] = 50,
        [MetricId.ReceivedBitsPerSecond] = 7_000,
        [MetricId.TransmittedBitsPerSecond] = 14_000,
        [MetricId.ReceivedPacketsPerSecond] = 70,
        [MetricId.MemberState] = 6,
    };

    [Fact]
    public async Task Submit_TheFirstSweepOfAnSgm_IsOneRowOnceItIsClosed()
    {
        using var foreign = new ForeignUnderTest();
        var answer = foreign.SendAsync(Sweep.Of("S1", 0));

        Assert.Empty(foreign.Commit());
        foreign.Time.Advance(foreign.Options.CloseAfter + foreign.Options.Window);
        var row = Table.Of(foreign.Commit());

        Assert.Equal(FirstSweep, row.Single().Value.Metrics);
        Assert.Equal([10, 20, 30, 40], row.Single().Value.Cores.OrderBy(c => c.Key.Number).Select(c => c.Value));
        Assert.Equal(CoreType.Snd, row.Single().Value.Cores.Keys.Single(c => c.Number == 0).Type);
        Assert.Equal(ReceiverVerdict.Committed, (await answer.WaitAsync(Given.Patience)).Verdict);
        Assert.Equal(0, foreign.Assembler.OpenRows);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(3_600, true)]
    [InlineData(-20, false)]
    public void Submit_PointsOfAClockThatIsOff_TellItOnlyWhenItIsAhead(int aheadSeconds, bool isKnown)
    {
        using var foreign = new ForeignUnderTest();

        _ = foreign.SendAsync(Sweep.Of("S1", 0), foreign.NowMs + (aheadSeconds * 1_000));

        var reading = foreign.Clocks.Of(new("S1"))!.Value;
        Assert.Equal(("test", TimeSpan.FromSeconds(aheadSeconds)), (reading.Sender, reading.Ahead));
        Assert.Equal(isKnown, reading.Skew is not null);
    }

    [Fact]
    public async Task Submit_ASweepLikeTheOneBefore_IsWrittenAtOnceAndAnsweredAfterTheCommit()
    {
        using var foreign = await LearnedAsync();

        var answer = foreign.SendAsync(Sweep.Of("S1", 1));

        Assert.False(answer.IsCompleted);
        var row = Assert.Single(Table.Of(foreign.Commit())).Value;
        Assert.Equal((26, 41, 7_003), (row.Metrics[MetricId.CpuMeanPercent], row.Metrics[MetricId.CpuBusiestCorePercent], row.Metrics[MetricId.ReceivedBitsPerSecond]));
        var (verdict, message, taken, refused) = await answer.WaitAsync(Given.Patience);
        Assert.Equal((ReceiverVerdict.Committed, "", 20, 0), (verdict, message, taken, refused));
    }

    [Fact]
    public async Task Submit_HalfASweep_IsAnsweredByTheWindowAndItsSumsWaitForTheRest()
    {
        using var foreign = await LearnedAsync();
        var sweep = Sweep.Of("S1", 1);
        var first = foreign.SendAsync(sweep.Take(10));
        var time = foreign.NowMs;
        foreign.Time.Advance(foreign.Options.Window + TimeSpan.FromMilliseconds(100));

        // All cores are there; of the interfaces one is, of connections none.
        var half = Assert.Single(Table.Of(foreign.Commit())).Value;
        Assert.Equal([MetricId.CpuMeanPercent, MetricId.CpuBusiestCorePercent], half.Metrics.Keys.Order());
        await first.WaitAsync(Given.Patience);

        // The interface is answered, and its sum is in no store yet: it is kept elsewhere.
        Assert.Contains(foreign.Journal.Rows[^1], p => p.Part == "eth1-01" && p.Value == 1_001);

        // A sender that sends one request after the other sends the rest only now.
        var second = foreign.SendAsync(sweep.Skip(10), time);
        var rest = Assert.Single(Table.Of(foreign.Commit())).Value;
        Assert.Equal(7_003, rest.Metrics[MetricId.ReceivedBitsPerSecond]);
        Assert.Equal(124, rest.Metrics[MetricId.ConcurrentConnections]);
        Assert.Equal(ReceiverVerdict.Committed, (await second.WaitAsync(Given.Patience)).Verdict);
    }

    [Fact]
    public void Submit_AnySplitAndOrder_GivesTheSameRows() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            using var whole = new ForeignUnderTest();
            using var split = new ForeignUnderTest();
            var (expected, got) = (new List<SampleBatch>(), new List<SampleBatch>());
            for (var round = 0; round < 4; round++)
            {
                var sweeps = new[] { "S1", "S2" }.SelectMany(m => Sweep.Of(m, round)).ToList();
                _ = whole.SendAsync(sweeps);
                var time = split.NowMs;
                foreach (var part in Parts([.. sweeps.OrderBy(_ => random.Next())], random))
                {
                    _ = split.SendAsync(part, time);
                    split.Time.Advance(TimeSpan.FromMilliseconds(random.Next(0, 900)));
                    got.AddRange(split.Commit());
                }

                Settle(whole, expected);
                Settle(split, got);
                whole.Time.Advance(split.Time.GetUtcNow() - whole.Time.GetUtcNow());
            }

            return Table.AreAlike(Table.Of(expected), Table.Of(got)) && split.Rows.InFlight >= 0;
        }).Check(Trials.Of(30));

    [Fact]
    public async Task Submit_TheSameRequestAgain_ChangesNothingAndIsAnswered()
    {
        using var foreign = await LearnedAsync();
        var first = foreign.SendAsync(Sweep.Of("S1", 1));
        var again = foreign.SendAsync(Sweep.Of("S1", 1));

        Assert.False(again.IsCompleted);
        Assert.Single(foreign.Commit());
        await first.WaitAsync(Given.Patience);
        await again.WaitAsync(Given.Patience);
        Assert.Empty(foreign.Commit());
    }

    [Fact]
    public async Task Submit_ACounter_BecomesItsRateFromTheSecondPointOn()
    {
        using var foreign = new ForeignUnderTest();
        var rates = new List<double>();
        foreach (var total in new[] { 1_000.0, 1_500, 100, 400 })
        {
            var answer = foreign.SendAsync([("system_traffic_dropped", ForeignUnderTest.Of("S1", ("type", "a")), total)]);
            foreign.Time.Advance(TimeSpan.FromSeconds(10));
            rates.AddRange(foreign.Commit().Select(b => b.Values.Span[0]));
            await answer.WaitAsync(Given.Patience);
        }

        Assert.Equal([50, 30], rates);
    }

    [Fact]
    public async Task Submit_WhileTheQueueIsFull_WaitsAndThenIsWritten()
    {
        using var foreign = await LearnedAsync(queue: 1);
        var first = foreign.SendAsync(Sweep.Of("S1", 1));
        foreign.Time.Advance(TimeSpan.FromSeconds(1));
        var second = foreign.SendAsync(Sweep.Of("S1", 2));

        Assert.True(foreign.Assembler.IsFull);
        var third = await foreign.SendAsync(Sweep.Of("S1", 3)).WaitAsync(Given.Patience);
        Assert.Equal((ReceiverVerdict.Busy, true), (third.Verdict, third.RetryAfter > TimeSpan.Zero));
        Assert.Single(foreign.Commit());
        foreign.Time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Single(foreign.Commit());
        await Task.WhenAll(first, second).WaitAsync(Given.Patience);
        Assert.Equal(3, foreign.Rows.Accepted);
    }

    [Fact]
    public async Task Submit_MoreSeriesThanAnSgmMayHave_RefusesTheRestPerSeries()
    {
        using var foreign = new ForeignUnderTest(new ReceiverOptions { MaxSeriesPerSgm = 16 });
        var answer = foreign.SendAsync(Enumerable.Range(0, 20).Select(i => (
            "system_network_interface_io_receive_rate", ForeignUnderTest.Of("S1", ("interface", $"eth{i}")), 1.0)));
        foreign.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal([16], Assert.Single(foreign.Commit()).Values.ToArray());
        Assert.Equal((16, 4), ((await answer.WaitAsync(Given.Patience)).Taken, (await answer).Refused));
        Assert.Equal((16, 0, 4), (foreign.Points.Taken, foreign.Points.Ignored, foreign.Points.Refused));
    }

    [Fact]
    public async Task Submit_HalfASweepAndACrash_IsPutTogetherAfterTheRestart()
    {
        using var before = await LearnedAsync();
        var sweep = Sweep.Of("S1", 1);
        var (first, time) = (before.SendAsync(sweep.Take(10)), before.NowMs);
        before.Time.Advance(before.Options.Window + TimeSpan.FromMilliseconds(100));
        var rows = before.Commit();
        await first.WaitAsync(Given.Patience);
        using var after = new ForeignUnderTest();
        after.Journal.Unsettled = before.Journal.Rows.Count;
        after.Time.Advance(before.Time.GetUtcNow() - after.Time.GetUtcNow());
        after.Assembler.Restore(before.Journal.Rows, after.Table.RulesOf);

        var second = after.SendAsync(sweep.Skip(10), time);
        after.Time.Advance(TimeSpan.FromSeconds(10));
        rows.AddRange(after.Commit());
        await second.WaitAsync(Given.Patience);
        var row = Assert.Single(Table.Of(rows), r => r.Key.Item2 == time).Value;
        Assert.Equal((7_003, 124, 26), (row.Metrics[MetricId.ReceivedBitsPerSecond], row.Metrics[MetricId.ConcurrentConnections], row.Metrics[MetricId.CpuMeanPercent]));
        Assert.Equal(0, after.Journal.Unsettled);
    }

    [Fact]
    public async Task Submit_HalfASweepWhileNothingCanBeKept_IsAnsweredWhenTheRowIsClosed()
    {
        using var foreign = await LearnedAsync();
        foreign.Journal.IsBroken = true;
        var first = foreign.SendAsync(Sweep.Of("S1", 1).Take(10));
        foreign.Time.Advance(TimeSpan.FromSeconds(2));
        foreign.Commit();
        Assert.False(first.IsCompleted);
        foreign.Time.Advance(foreign.Options.CloseAfter);
        foreign.Commit();

        Assert.Equal(ReceiverVerdict.Committed, (await first.WaitAsync(Given.Patience)).Verdict);
    }

    [Fact]
    public async Task Submit_ManySweepsOfAnSgm_AreOneBatchAndMakeRoomForOthers()
    {
        using var foreign = await LearnedAsync();
        var sweeps = Sweeps(foreign.NowMs - 100_000, 40);

        var answer = SendAsync(foreign, sweeps);
        var batch = Assert.Single(foreign.Commit());

        Assert.Equal(40, batch.Rows);
        var rows = Table.Of([batch]);
        Assert.All(Enumerable.Range(0, 40), i =>
        {
            var row = rows[(batch.Serial, foreign.NowMs - 100_000 + (i * 1_000))];
            Assert.Equal((7_000 + (3 * (i % 9)), 120 + 3 + (i % 9)), (row.Metrics[MetricId.ReceivedBitsPerSecond], row.Metrics[MetricId.ConcurrentConnections]));
            Assert.Equal(10 + (i % 9), row.Cores.Single(c => c.Key.Number == 0).Value);
        });
        Assert.Equal(ReceiverVerdict.Committed, (await answer.WaitAsync(Given.Patience)).Verdict);
        Assert.InRange(foreign.Assembler.OpenRows, 1, 8);
        Assert.Equal(0, foreign.Journal.Unsettled);
    }

    [Fact]
    public async Task Submit_ManySweepsAgain_IsAnsweredAndGivesTheSameRows()
    {
        using var foreign = await LearnedAsync();
        var sweeps = Sweeps(foreign.NowMs - 100_000, 40);
        var first = SendAsync(foreign, sweeps);
        var again = SendAsync(foreign, sweeps);
        var batches = foreign.Commit();

        await Task.WhenAll(first, again).WaitAsync(Given.Patience);
        Assert.True(Table.AreAlike(Table.Of(batches.Take(1)), Table.Of(batches)));
        Assert.Equal(40, Table.Of(batches).Count);
    }

    [Fact]
    public async Task Submit_ManyRowsThatNobodyKnowsYet_AreKeptWithOneFlush()
    {
        using var foreign = new ForeignUnderTest();
        var answer = SendAsync(foreign, Sweeps(foreign.NowMs - 100_000, 40));
        foreign.Time.Advance(foreign.Options.Window + TimeSpan.FromMilliseconds(100));
        foreign.Commit();

        Assert.Equal(ReceiverVerdict.Committed, (await answer.WaitAsync(Given.Patience)).Verdict);
        Assert.Equal((1, 40), (foreign.Journal.Flushes, foreign.Journal.Unsettled));
    }

    [Fact]
    public async Task CloseAll_WhatIsOpen_IsWrittenAndAnswered()
    {
        using var foreign = new ForeignUnderTest();
        var answer = foreign.SendAsync(Sweep.Of("S1", 0));
        foreign.Assembler.CloseAll();

        Assert.Equal(FirstSweep, Assert.Single(Table.Of(foreign.Commit())).Value.Metrics);
        await answer.WaitAsync(Given.Patience);
    }

    private static List<(long TimeMs, List<(string Metric, Label[] Labels, double Value)> Points)> Sweeps(
        long firstMs, int count) => [.. Enumerable.Range(0, count).Select(i => (firstMs + (i * 1_000), Sweep.Of("S1", i % 9)))];

    private static Task<ReceiverAnswer> SendAsync(
        ForeignUnderTest foreign, List<(long TimeMs, List<(string Metric, Label[] Labels, double Value)> Points)> sweeps) =>
        foreign.Receiver.ReceiveAsync(
            "test",
            Caller.Local,
            intake =>
            {
                foreach (var (timeMs, points) in sweeps)
                {
                    points.ForEach(p => ForeignUnderTest.Tell(intake, p.Metric, p.Labels, p.Value, timeMs));
                }
            },
            CancellationToken.None);

    private static async Task<ForeignUnderTest> LearnedAsync(int queue = 1_000)
    {
        var foreign = new ForeignUnderTest(queue: queue);
        var answer = foreign.SendAsync(Sweep.Of("S1", 0));
        foreign.Time.Advance(TimeSpan.FromSeconds(10));
        foreign.Commit();
        await answer.WaitAsync(Given.Patience);
        return foreign;
    }

    private static void Settle(ForeignUnderTest foreign, List<SampleBatch> batches)
    {
        for (var i = 0; i < 3; i++)
        {
            batches.AddRange(foreign.Commit());
            foreign.Time.Advance(TimeSpan.FromSeconds(3));
        }

        batches.AddRange(foreign.Commit());
    }

    private static IEnumerable<List<T>> Parts<T>(List<T> all, Random random)
    {
        for (var at = 0; at < all.Count;)
        {
            var count = random.Next(1, 20);
            yield return all.Skip(at).Take(count).ToList();
            at += count;
        }
    }
}
