using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Tests.Agents;

public sealed class RowJournalTests
{
    [Fact]
    public async Task Rows_ThatWereNotAcknowledged_AreSentAgainByTheNextProcess()
    {
        var disk = new MemoryDisk();
        await using var first = new JournalHarness(disk);
        first.Add(0, 5);

        await using var next = new JournalHarness(disk.Image());

        Assert.Equal([0, 1, 2, 3, 4], next.Send());
        Assert.Equal(5, next.Journal.Counters.Restored);
        Assert.Equal(5, next.Outbox.Snapshot(0).Enqueued);
    }

    [Fact]
    public async Task Rows_ThatAreDone_AreNotSentAgain_OnceThatIsWrittenDown()
    {
        var disk = new MemoryDisk();
        await using var first = new JournalHarness(disk);
        first.Add(0, 20);
        first.Send();
        first.Acknowledge(exceptBatches: 1);
        first.Time.Advance(TimeSpan.FromSeconds(1));

        await using var next = new JournalHarness(disk.Image());

        Assert.Equal(first.Waiting, next.Send());
        Assert.Equal(6, next.Waiting.Count);
    }

    [Fact]
    public async Task Stop_WithNothingWaiting_LeavesNoFile()
    {
        var disk = new MemoryDisk();
        await using (var agent = new JournalHarness(disk))
        {
            agent.Add(0, 20);
            agent.Drain();
        }

        Assert.Empty(disk.List());
    }

    [Fact]
    public async Task Files_GoOnceAllOfThemIsDone()
    {
        var disk = new MemoryDisk();
        await using var agent = new JournalHarness(disk);
        agent.Add(0, 20_000);
        var full = disk.List().Count;

        agent.Drain();
        agent.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.InRange(full, 8, 12);
        Assert.Single(disk.List());
    }

    [Fact]
    public async Task Disk_ThatIsFull_CostsNoRow_IsSaidOnce_AndTriedAgain()
    {
        var disk = new MemoryDisk();
        await using var agent = new JournalHarness(disk);
        agent.Add(0, 5);
        disk.Room = 70;
        agent.Add(5, 5);
        agent.Add(10, 5);
        disk.Room = long.MaxValue;
        agent.Time.Advance(RowJournal.RetryAfter);
        agent.Add(15, 5);

        await using var next = new JournalHarness(disk.Image());

        Assert.Equal(Enumerable.Range(0, 20).Select(n => (long)n), agent.Send());
        Assert.Equal((10, 1), (agent.Journal.Counters.NotJournalled, agent.Journal.Counters.Failures));
        Assert.Equal(
            [
                "Error 5126: The journal cannot be written: what is measured is in memory alone and would be lost with "
                    + "the agent. Free space, or make the directory writable; it is tried again every 30 s",
                "Information 5127: The journal is written again; 10 rows since the start were in memory alone",
            ],
            agent.Logger.Lines);
        // Two rows of the write that failed were whole.
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 15, 16, 17, 18, 19], next.Send());
    }

    [Fact]
    public async Task Rows_InMemoryAlone_AreCountedWhenTheyAreDone()
    {
        var disk = new MemoryDisk { Room = 0 };
        await using var agent = new JournalHarness(disk);
        agent.Add(0, 7);
        disk.Room = long.MaxValue;
        agent.Time.Advance(RowJournal.RetryAfter);
        agent.Add(7, 14);
        agent.Send();
        agent.Acknowledge(exceptBatches: 1);
        agent.Time.Advance(TimeSpan.FromSeconds(1));

        await using var next = new JournalHarness(disk.Image());

        Assert.Equal([14, 15, 16, 17, 18, 19, 20], next.Send());
    }

    [Fact]
    public async Task File_ThatCannotBeDeleted_IsToldAndCounted_AndItsRowsSentAgain()
    {
        var disk = new MemoryDisk { DeleteFails = true };
        await using (var agent = new JournalHarness(disk))
        {
            agent.Add(0, 7);
            agent.Drain();
            await agent.DisposeAsync();

            Assert.Equal(1, agent.Journal.Counters.Failures);
            Assert.StartsWith("Warning 5129", Assert.Single(agent.Logger.Lines), StringComparison.Ordinal);
        }

        await using var next = new JournalHarness(disk.Image());

        Assert.Empty(next.Send());
        Assert.Empty(next.Disk.List());
    }

    [Fact]
    public async Task Sync_ThatFails_IsTold_AndWritingGoesOnInAnotherFile()
    {
        var disk = new MemoryDisk { SyncFails = true };
        await using var agent = new JournalHarness(disk);
        agent.Add(0, 5);
        agent.Time.Advance(TimeSpan.FromSeconds(1));
        disk.SyncFails = false;
        agent.Time.Advance(RowJournal.RetryAfter);
        agent.Add(5, 5);

        Assert.Equal(2, disk.List().Count);
        Assert.Equal(1, agent.Journal.Counters.Failures);
        Assert.Equal(0, agent.Journal.Counters.NotJournalled);
    }

    [Fact]
    public async Task Sync_WithNothingNew_LeavesTheDiskAlone()
    {
        var disk = new MemoryDisk();
        await using var agent = new JournalHarness(disk);
        agent.Add(0, 5);
        agent.Time.Advance(TimeSpan.FromSeconds(1));
        var once = disk.Syncs;

        agent.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((1, 1), (once, disk.Syncs));
    }

    [Fact]
    public async Task Columns_InAnotherOrder_AreFound()
    {
        var disk = new MemoryDisk();
        await using var first = new JournalHarness(
            disk, columns: [new() { Metric = Metric.MemoryUsed }, new() { Metric = Metric.CpuMean }]);
        first.Journal.Add([3], [6, 3]);

        await using var next = new JournalHarness(disk.Image());

        Assert.Equal([3], next.Send());
    }

    [Theory]
    [InlineData("SN-2", Metric.CpuMean)]
    [InlineData("SN-1", Metric.ReceivedBitsRate)]
    public async Task Rows_OfAnotherSgmOrOtherColumns_AreLeftOut_UntilTheyAreOld(string serial, Metric metric)
    {
        var disk = new MemoryDisk();
        Column[] columns = [new() { Metric = metric }, new() { Metric = Metric.MemoryUsed }];
        await using var first = new JournalHarness(disk, serial: serial, columns: columns);
        first.Add(0, 5);
        disk.WrittenAt = first.Time.GetUtcNow();
        var image = disk.Image();

        await using var young = new JournalHarness(image);
        await using var fitting = new JournalHarness(image.Image(), serial: serial, columns: columns);
        image.WrittenAt -= JournalReader.KeepLeftOut + TimeSpan.FromSeconds(1);
        await using var old = new JournalHarness(image);

        Assert.Empty(young.Send());
        Assert.Equal(5, young.Journal.Counters.LeftOut);
        Assert.StartsWith("Warning 5122", young.Logger.Lines[0], StringComparison.Ordinal);
        Assert.Equal(5, fitting.Send().Count);
        Assert.Empty(image.List());
    }

    [Fact]
    public async Task Damage_CostsTheRestOfItsFileAlone()
    {
        var disk = new MemoryDisk();
        await using var first = new JournalHarness(disk);
        first.Add(0, 5_000);
        var image = disk.Image();
        var bytes = image.Read(1);
        bytes[1_000] ^= 1;
        image.Put(1, bytes);
        image.Put(9, [1, 2, 3]);

        await using var next = new JournalHarness(image);
        var rows = next.Drain();

        Assert.Equal(Enumerable.Range(0, 30).Select(n => (long)n), rows[..30]);
        Assert.Equal(4_999, rows[^1]);
        Assert.Equal(rows.Order(), rows);
        Assert.Equal(bytes.Length - 30 - (30 * 32), next.Journal.Counters.TornBytes, 40.0);
        Assert.Equal(1, next.Journal.Counters.Unreadable);
        Assert.Equal(10, next.Add(5_000, 10));
    }

    [Fact]
    public async Task Rows_BeyondASmallerBound_AreTakenBack_AndNewOnesWait()
    {
        var disk = new MemoryDisk();
        await using var first = new JournalHarness(disk);
        first.Add(0, 100);

        await using var next = new JournalHarness(disk.Image(), capacity: 10);
        var refused = next.Add(100, 1);
        var sent = next.Drain();

        Assert.Equal((0, 100), (refused, sent.Count));
        Assert.Equal(1, next.Add(100, 1));
    }

    [Fact]
    public async Task Sender_WithAJournal_TakesUpWhatTheLastOneLeft()
    {
        var disk = new MemoryDisk();
        await using (var first = new SenderHarness(journal: disk))
        {
            first.Enqueue(3);
        }

        await using var next = new SenderHarness(journal: disk.Image());
        var stream = await next.StartAsync();
        var batch = await stream.NextBatchAsync();
        stream.Acknowledge(batch.Sequence);
        await next.UntilAsync(c => c.Acknowledged == 3);

        Assert.Equal([0, 50, 1, 50, 2, 50], batch.Values);
        Assert.Equal(3, next.Counters.Journal!.Restored);
    }
}
