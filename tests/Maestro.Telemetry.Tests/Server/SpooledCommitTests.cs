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

public sealed class SpooledCommitTests : IDisposable
{
    private readonly FakeStore _store = new();
    private readonly SpoolUnderTest _spool = new();
    private readonly RowCounters _counters = new(Given.Meters());
    private readonly StoreHealth _health = new();
    private readonly StoreGate _gate = new();
    private readonly ManualTimeProvider _time = new(Given.Noon);
    private readonly DemandBoard _demand;
    private readonly SpooledCommit _commit;
    private readonly SpoolDrainer _drainer;
    private readonly IngestQueue _queue;

    public SpooledCommitTests()
    {
        _demand = new DemandBoard(_store, new FabricState(_time), Options.Create(new AutoscalerOptions()), _time);
        var options = Options.Create(new SpoolOptions { MaxAge = TimeSpan.FromHours(1) });
        var writer = new StoreWriter(_store, _counters, _demand, _health, NullLogger<StoreWriter>.Instance);
        _commit = new SpooledCommit(
            writer, _spool, _gate, _health, _counters, options, _time, NullLogger<SpooledCommit>.Instance);
        _drainer = new SpoolDrainer(
            _spool, writer, _gate, _health, _counters, options, _time, NullLogger<SpoolDrainer>.Instance);
        _queue = new IngestQueue(Options.Create(new IngestOptions()), _gate);
    }

    [Fact]
    public async Task Commit_StoreUp_GoesToTheStoreAlone()
    {
        await CommitAsync("S1", 10, 20);

        Assert.Equal((2, 0L), (_store.Rows, _spool.Statistics.Rows));
        AssertBalance();
    }

    [Fact]
    public async Task Commit_StoreDown_IsSpooledAndTheNextOneDoesNotTryTheStore()
    {
        var tries = 0;
        _store.OnWrite = () => tries++;
        _store.Failures = int.MaxValue;

        await CommitAsync("S1", 10, 20);
        await CommitAsync("S2", 30);

        Assert.Equal((1, 3L), (tries, _spool.Statistics.Rows));
        Assert.Contains("kept in the spool", _health.Problem, StringComparison.Ordinal);
        AssertBalance();
    }

    [Fact]
    public async Task Drain_StoreBack_BringsTheOldestFirstAndLetsLiveSamplesThrough()
    {
        _store.Failures = 2;
        await CommitAsync("S1", 10, 20);
        await CommitAsync("S2", 30);

        await DrainUntilAsync(() => _spool.Statistics.Rows == 0);
        await CommitAsync("S3", 40);

        Assert.Equal(["S1", "S2", "S3"], _store.Batches.Select(b => b.Serial.Value));
        Assert.Null(_health.Problem);
        Assert.Equal((4, 3L), (_store.Rows, _counters.Spooled));
        AssertBalance();
    }

    [Fact]
    public async Task Commit_SpoolFullToo_WaitsRefusesAtTheDoorAndGoesOnWhenTheStoreIsBack()
    {
        _spool.MaxRows = 1;
        _store.Failures = 2;
        var refused = false;
        _store.OnWrite = () => refused |= !_queue.TryEnqueue(new IngestItem(null, () => { }));

        await CommitAsync("S1", 10, 20);

        Assert.True(refused);
        Assert.True(_queue.TryEnqueue(new IngestItem(null, () => { })));
        Assert.Equal(2, _store.Rows);
        AssertBalance();
    }

    [Fact]
    public async Task Commit_ServiceStopsAndNothingTakesIt_SaysSoAndKeepsItInFlight()
    {
        _spool.MaxRows = 0;
        _store.Failures = int.MaxValue;
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();

        var kept = await _commit.CommitAsync([Accepted("S1", 10)], stopping.Token).WaitAsync(Given.Patience);

        Assert.Null(kept);
        Assert.Equal(1, _counters.InFlight);
    }

    [Fact]
    public async Task Drain_OfWhatWasSpooledTooLongAgo_GivesItUpAndCountsIt()
    {
        _store.Failures = int.MaxValue;
        await CommitAsync("S1", 10, 20);
        _time.Advance(TimeSpan.FromHours(2));
        await CommitAsync("S2", 30);

        await DrainUntilAsync(() => _counters.Expired > 0);

        Assert.Equal((2L, 1L), (_counters.Expired, _spool.Statistics.Rows));
        AssertBalance();
    }

    [Fact]
    public async Task Drain_OfABatchThatTheStoreRefusesForGood_CountsItAndGoesOn()
    {
        _store.Failures = 1;
        _store.Malformed = "BAD";
        await CommitAsync("BAD", 10, 20);
        await CommitAsync("S2", 30);

        await DrainUntilAsync(() => _spool.Statistics.Rows == 0);

        Assert.Equal(2, _counters.RefusedByReason["Malformed"]);
        Assert.Equal((1, 1L), (_store.Rows, _counters.Accepted));
        AssertBalance();
    }

    [Fact]
    public void Pace_LiveCommitsQuick_GrowsToItsBoundAndHalvesWhenTheyAreSlow()
    {
        var bound = TimeSpan.FromMilliseconds(500);
        var pace = DrainPace.Start;
        for (var i = 0; i < 100; i++)
        {
            pace = pace.Next(TimeSpan.FromMilliseconds(10), bound);
        }

        var slow = pace.Next(TimeSpan.FromSeconds(1), bound);

        Assert.Equal(new DrainPace(DrainPace.MostRows, TimeSpan.Zero), pace);
        Assert.Equal(new DrainPace(DrainPace.MostRows / 2, TimeSpan.FromSeconds(1)), slow);
    }

    public void Dispose()
    {
        _drainer.Dispose();
        _demand.Dispose();
    }

    private async Task CommitAsync(string serial, params double[] cpu) =>
        Assert.NotNull(await _commit.CommitAsync([Accepted(serial, cpu)], default).WaitAsync(Given.Patience));

    private SampleBatch Accepted(string serial, params double[] cpu)
    {
        _counters.CountAccepted(cpu.Length);
        return Given.Batch(serial, cpu);
    }

    private async Task DrainUntilAsync(Func<bool> done)
    {
        using var patience = new CancellationTokenSource(Given.Patience);
        await _drainer.StartAsync(default);
        while (!done())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }

        await _drainer.StopAsync(default).WaitAsync(Given.Patience);
    }

    private void AssertBalance()
    {
        Assert.Equal(0, _counters.InFlight);
        Assert.Equal(
            _counters.Accepted,
            _counters.Stored + _counters.Merged + _counters.Duplicates + _spool.Statistics.Rows + _counters.Expired);
    }
}
