using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Server.Ingest.Spooling;
using Maestro.Telemetry.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

public sealed class SampleWriterTests : IDisposable
{
    private readonly IOptions<IngestOptions> _options = Options.Create(new IngestOptions { CommitDelay = TimeSpan.Zero });
    private readonly FakeStore _store = new();
    private readonly RowCounters _counters = new(Given.Meters());
    private readonly StoreHealth _health = new();
    private readonly LatestBoard _latest = new();
    private readonly DemandBoard _demand;
    private readonly IngestQueue _queue;
    private readonly SampleWriter _writer;

    public SampleWriterTests()
    {
        _queue = new IngestQueue(_options, new StoreGate());
        var time = new ManualTimeProvider(Given.Noon);
        _demand = new DemandBoard(_store, new FabricState(time), Options.Create(new AutoscalerOptions()), time);
        _writer = new SampleWriter(
            _queue,
            new DirectCommit(
                new StoreWriter(_store, _counters, _demand, _health, NullLogger<StoreWriter>.Instance),
                _health,
                NullLogger<DirectCommit>.Instance),
            _latest,
            _options,
            NullLogger<SampleWriter>.Instance);
    }

    [Fact]
    public async Task Write_StoreFailsTwice_AcknowledgesAfterTheCommitAndBalances()
    {
        var acknowledged = new TaskCompletionSource();
        var problems = new List<string?>();
        _store.Failures = 2;
        _store.OnWrite = () =>
        {
            Assert.False(acknowledged.Task.IsCompleted);
            problems.Add(_health.Problem);
            AssertBalance(inFlight: 2);
        };
        Enqueue("S1", [10, 20], acknowledged.SetResult);

        await _writer.StartAsync(default);
        await acknowledged.Task.WaitAsync(Given.Patience);

        Assert.Equal([null, "The disk is full.", "The disk is full."], problems);
        Assert.Null(_health.Problem);
        Assert.Equal(2, _store.Rows);
        Assert.Equal(20, _latest.ValueOf(new("S1"), MetricId.CpuMeanPercent));
        AssertBalance(inFlight: 0);
        await _writer.StopAsync(default);
    }

    [Fact]
    public async Task Write_SentAgain_IsADuplicateAndAcknowledged()
    {
        Enqueue("S1", [10, 20], () => { });
        Enqueue("S1", [10, 20, 30], () => { });

        await DrainAsync();

        Assert.Equal((5, 3, 2), (_counters.Accepted, _counters.Stored, _counters.Duplicates));
        AssertBalance(inFlight: 0);
    }

    [Fact]
    public async Task Write_OneBatchMalformed_StoresTheOthersAndLivesOn()
    {
        var acknowledged = new List<string>();
        _store.Malformed = "BAD";
        foreach (var serial in new[] { "S1", "BAD", "S2" })
        {
            Enqueue(serial, [10, 20], () => acknowledged.Add(serial));
        }

        await DrainAsync();

        Assert.Equal(["S1", "BAD", "S2"], acknowledged);
        Assert.Equal(["S1", "S2"], _store.Batches.Select(b => b.Serial.Value));
        Assert.Equal(2, _counters.RefusedByReason["Malformed"]);
        Assert.Null(_latest.NewestOf(new("BAD")));
        AssertBalance(inFlight: 0);
    }

    [Fact]
    public async Task Write_RowsThatTheStoreNeverTakes_AreCountedAsRefusedAndTheOthersAsStored()
    {
        var acknowledged = new List<string>();
        _store.Refused = "BAD";
        foreach (var serial in new[] { "S1", "BAD", "S2" })
        {
            Enqueue(serial, [10, 20, 30], () => acknowledged.Add(serial));
        }

        await DrainAsync();

        Assert.Equal(["S1", "BAD", "S2"], acknowledged);
        Assert.Equal(8, _store.Rows);
        Assert.Equal(1, _counters.RefusedByReason["RefusedByStore"]);
        AssertBalance(inFlight: 0);
    }

    [Fact]
    public async Task Write_NothingAcceptedInABatch_IsAcknowledgedInOrderWithoutAWrite()
    {
        var acknowledged = 0;
        _store.OnWrite = () => Assert.Fail("Nothing is to be written.");
        Assert.True(_queue.TryEnqueue(new IngestItem(null, () => acknowledged++)));

        await DrainAsync();

        Assert.Equal(1, acknowledged);
    }

    [Fact]
    public async Task Stop_WithMuchQueued_WritesAllOfIt()
    {
        var acknowledged = 0;
        for (var i = 0; i < 500; i++)
        {
            Enqueue($"S{i}", [1, 2], () => acknowledged++);
        }

        await DrainAsync();

        Assert.Equal(500, acknowledged);
        Assert.Equal(1_000, _store.Rows);
        Assert.False(_queue.TryEnqueue(new IngestItem(null, () => { })));
        AssertBalance(inFlight: 0);
    }

    [Fact]
    public async Task Stop_StoreDown_GivesUpInTimeAndAcknowledgesNothing()
    {
        var failed = new TaskCompletionSource();
        _store.Failures = int.MaxValue;
        _store.OnWrite = () => failed.TrySetResult();
        Enqueue("S1", [10], () => Assert.Fail("Nothing was stored."));
        await _writer.StartAsync(default);
        await failed.Task.WaitAsync(Given.Patience);
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await _writer.StopAsync(impatient.Token).WaitAsync(Given.Patience);

        Assert.Equal(0, _store.Rows);
        AssertBalance(inFlight: 1);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _demand.Dispose();
    }

    private async Task DrainAsync()
    {
        await _writer.StartAsync(default);
        await _writer.StopAsync(default).WaitAsync(Given.Patience);
    }

    private void Enqueue(string serial, double[] cpu, Action committed)
    {
        _counters.CountAccepted(cpu.Length);
        Assert.True(_queue.TryEnqueue(new IngestItem(Given.Batch(serial, cpu), committed)));
    }

    private void AssertBalance(long inFlight)
    {
        Assert.Equal(inFlight, _counters.InFlight);
        Assert.Equal(_counters.Accepted, _counters.Stored + _counters.Merged + _counters.Duplicates + inFlight);
    }
}
