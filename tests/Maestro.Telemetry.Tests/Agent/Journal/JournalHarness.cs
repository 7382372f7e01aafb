using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Tests.Support;

namespace Maestro.Telemetry.Tests.Agents;

/// <summary>A journal with its outbox; the collector is the test. A row's first value and its time are its number.</summary>
internal sealed class JournalHarness : IAsyncDisposable
{
    private ulong _sent;

    public JournalHarness(
        MemoryDisk disk, int capacity = 50_000, string serial = "SN-1", IReadOnlyList<Column>? columns = null)
    {
        Disk = disk;
        Outbox = new(new() { BatchRows = 7, MaxOutboxRows = capacity }, 2, lastSequence: 0);
        Journal = new(
            disk,
            new() { SegmentBytes = 64 << 10 },
            SegmentHeader.For(serial, columns ?? SenderHarness.Columns),
            Outbox,
            Time,
            Logger);
    }

    public MemoryDisk Disk { get; }

    public Outbox Outbox { get; }

    public RowJournal Journal { get; }

    public ManualTimeProvider Time { get; } = new();

    public ListLogger Logger { get; } = new();

    /// <summary>Rows that are in the outbox, in order, as a collector would see them.</summary>
    public List<long> Waiting { get; } = [];

    public int Add(int first, int count)
    {
        var numbers = Enumerable.Range(first, count).Select(n => (long)n).ToArray();
        return Journal.Add(numbers, numbers.SelectMany(n => new[] { n, 2.0 * n }).ToArray()).Rows;
    }

    /// <summary>Sends everything, and gives what was not acknowledged before.</summary>
    public List<long> Send()
    {
        Outbox.Linger();
        while (Outbox.TryTake(out var request))
        {
            _sent = request.Batch.Sequence;
            Waiting.AddRange(request.Batch.TimestampsUnixMs);
            Assert.Equal(request.Batch.TimestampsUnixMs.Select(t => (double)t), request.Batch.Values.Where((_, i) => i % 2 == 0));
            Assert.Equal(request.Batch.TimestampsUnixMs.Select(t => 2.0 * t), request.Batch.Values.Where((_, i) => i % 2 == 1));
        }

        return Waiting;
    }

    /// <summary>Acknowledges up to some batches before the last one sent, and gives the rows that are done.</summary>
    public long Acknowledge(int exceptBatches = 0)
    {
        var before = Outbox.Freed;
        if (_sent > (ulong)exceptBatches)
        {
            Outbox.Acknowledge(new() { UpToSequence = _sent - (ulong)exceptBatches });
        }

        var freed = Outbox.Freed - before;
        Waiting.RemoveRange(0, (int)freed);
        return freed;
    }

    /// <summary>All rows that the outbox holds, sent and acknowledged window by window.</summary>
    public List<long> Drain()
    {
        var all = new List<long>(Waiting);
        do
        {
            var before = Waiting.Count;
            all.AddRange(Send().Skip(before));
            Acknowledge();
        }
        while (!Outbox.IsEmpty);

        return all;
    }

    /// <summary>Stops as an agent does; the clock of a test has nothing to wait for.</summary>
    public void Stop() => Assert.True(Journal.DisposeAsync().AsTask().IsCompletedSuccessfully);

    public ValueTask DisposeAsync() => Journal.DisposeAsync();
}
