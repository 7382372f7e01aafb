using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using static Maestro.Telemetry.IntegrationTests.Storage.Batches;

namespace Maestro.Telemetry.IntegrationTests.Storage;

/// <summary>What every telemetry store does. A backend is tested by a class that opens it.</summary>
public abstract partial class TelemetryStoreContract : IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private ITelemetryStore _store = null!;

    protected abstract ITelemetryStore Open();

    public Task InitializeAsync()
    {
        _store = Open();
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Samples_AreGivenBackAsWritten()
    {
        var cores = new[] { new CoreId(0, CoreType.Snd), new CoreId(1, CoreType.Fw), new CoreId(70, CoreType.Other) };
        await WriteAsync(new SampleBatch
        {
            Serial = new GatewaySerial("A"),
            Group = new SecurityGroupId(3),
            Metrics = [MetricId.MemberState, MetricId.CpuMeanPercent],
            Cores = cores,
            TimestampsMs = new[] { Ms(10), Ms(0) },
            Values = new[] { 6, 41.5, 5, 0.1 },
            CoreValues = new[] { 0, 99.99, 100, 12.34, 1, 50 },
        });

        var samples = await SamplesAsync("A", Noon, Noon.AddMinutes(1));

        Assert.Equal([Noon, Noon.AddSeconds(10)], samples.Select(s => s.Time));
        Assert.All(samples, s => Assert.Equal(new SecurityGroupId(3), s.Group));
        Assert.Equal(0.1, samples[0].Values[MetricId.CpuMeanPercent]);
        Assert.Equal(5, samples[0].Values[MetricId.MemberState]);
        Assert.Equal(2, samples[0].Values.Count);
        Assert.Equal(cores, samples[0].Cores.Select(c => c.Key));
        Assert.Equal([12.34, 1, 50], samples[0].Cores.Select(c => c.Value));
        Assert.Equal([0, 99.99, 100], samples[1].Cores.Select(c => c.Value));
    }

    [Fact]
    public async Task Samples_OfBatchesWithDifferentMetrics_KeepToTheirOwn()
    {
        var bare = Of("A", 1, (0, 1), (20, 2));
        var full = Full("A", 1, Noon.AddSeconds(10), TimeSpan.FromSeconds(20), 2);

        await WriteAsync(bare, full);
        await WriteAsync(Of("A", 1, (40, 3)));

        var samples = await SamplesAsync("A", Noon, Noon.AddMinutes(1));
        Assert.Equal([1, 12, 1, 12, 1], samples.Select(s => s.Values.Count));
        Assert.Equal([1, 0.5, 2, 12.5, 3], samples.Select(s => s.Values[MetricId.CpuMeanPercent]));
    }

    [Fact]
    public async Task Samples_AreReadFromInclusiveToExclusive()
    {
        await WriteAsync(Of("A", 1, (0, 1), (1, 2), (2, 3)), Of("B", 1, (1, 9)));

        var samples = await SamplesAsync("A", Noon.AddSeconds(1), Noon.AddSeconds(2));

        Assert.Equal(2, Assert.Single(samples).Values[MetricId.CpuMeanPercent]);
        Assert.Empty(await SamplesAsync("A", Noon.AddTicks(1), Noon.AddSeconds(1)));
        Assert.Empty(await SamplesAsync("nobody", Noon, Noon.AddDays(1)));
    }

    [Fact]
    public async Task Samples_FarApart_AreAllFound()
    {
        await WriteAsync(Of("A", 1, (0, 1), (86_400, 2), (86_400 * 30, 3)), Of("B", 1, (86_400 * 3, 9)));

        var samples = await SamplesAsync("A", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);

        Assert.Equal([1, 2, 3], samples.Select(s => s.Values[MetricId.CpuMeanPercent]));
    }

    [Fact]
    public async Task Write_SameSerialAndTimestamp_IsStoredOnceAndCountedOnce()
    {
        var first = await WriteAsync(Of("A", 1, (0, 10), (10, 20), (10, 99)));
        var again = await WriteAsync(Of("A", 1, (10, 77), (20, 30)), Of("A", 1, (20, 88)));

        Assert.Equal(new StoreResult(2, 0, 1), first);
        Assert.Equal(new StoreResult(1, 0, 2), again);
        Assert.Equal(new Rollup(3, 10, 30, 60), Assert.Single(await RollupsAsync()).Values[0]);
        Assert.Equal([10, 20, 30], (await SamplesAsync("A", Noon, Noon.AddMinutes(1))).Select(s => s.Values.Values.Single()));
    }

    [Fact]
    public async Task Write_Nothing_IsNothing()
    {
        Assert.Equal(default(StoreResult), await WriteAsync());
        Assert.Equal(default(StoreResult), await WriteAsync(Of("A", 1)));
        Assert.Empty(await RollupsAsync());
    }

    [Fact]
    public async Task Write_FromManySides_StoresEverything()
    {
        var writes = Enumerable.Range(0, 20).Select(i => Task.Run(() => WriteAsync(Of($"S{i % 5}", 1, (i, i)))));

        var results = await Task.WhenAll(writes).WaitAsync(Bound);

        Assert.Equal(20, results.Sum(r => r.Stored));
        Assert.Equal(20, (await RollupsAsync()).Sum(r => r.Values[0].Count));
    }

    [Fact]
    public async Task Latest_IsTheNewestOfEachSgm()
    {
        await WriteAsync(Of("B", 1, (0, 1), (30, 2)), Of("A", 2, (10, 3)), Of("OLD", 1, (-300, 9)));
        await WriteAsync(Of("B", 5, (20, 4)), Of("A", null, (15, 5)));

        var latest = await _store.GetLatestAsync(Noon.AddMinutes(-1), default);

        Assert.Equal(["A", "B"], latest.Select(l => l.Serial.Value).Order());
        var b = latest.Single(l => l.Serial.Value == "B");
        Assert.Equal((Noon.AddSeconds(30), new SecurityGroupId(1)), (b.Time, b.Group));
        Assert.Equal(2, b.Values[MetricId.CpuMeanPercent]);
        Assert.Null(latest.Single(l => l.Serial.Value == "A").Group);
    }

    [Fact]
    public async Task Statistics_CountWhatIsHeld()
    {
        await WriteAsync(Of("A", 1, (0, 1), (1, 1), (60, 1)), Of("B", 1, (0, 1), (0, 1)));
        await _store.AppendForecastAsync(Forecast(Noon, 1), default);

        var statistics = await _store.GetStatisticsAsync(default);

        Assert.Equal((4, 3, 1), (statistics.SampleRows, statistics.RollupRows, statistics.Forecasts));
        Assert.True(statistics.Bytes > 0);
    }

    [Fact]
    public async Task Reopened_HasEverything()
    {
        await WriteAsync(Of("A", 1, (0, 1)), Of("B", 2, (0, 2)));
        await _store.AppendForecastAsync(Forecast(Noon, 1), default);
        await _store.DisposeAsync();
        _store = Open();

        var again = await WriteAsync(Of("C", 1, (0, 3)), Of("A", 1, (0, 1), (1, 4)));

        Assert.Equal(new StoreResult(2, 0, 1), again);
        Assert.Equal([5, 2, 3], (await RollupsAsync()).Select(r => r.Values[0].Sum));
        Assert.NotNull(await FindAsync(Noon));
    }

    [Fact]
    public async Task Canceled_BeforeItsTurn_DoesNothing()
    {
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _store.WriteAsync([Of("A", 1, (0, 1))], canceled.Token));

        Assert.Empty(await RollupsAsync());
    }

    private static long Ms(double second) => Noon.ToUnixTimeMilliseconds() + (long)(second * 1000);

    private async Task<StoreResult> WriteAsync(params SampleBatch[] batches) =>
        await _store.WriteAsync(batches, CancellationToken.None);

    private async Task<List<RawSample>> SamplesAsync(string serial, DateTimeOffset from, DateTimeOffset to)
    {
        var samples = new List<RawSample>();
        await foreach (var sample in _store.ReadSamplesAsync(new GatewaySerial(serial), from, to, default))
        {
            samples.Add(sample);
        }

        return samples;
    }
}
