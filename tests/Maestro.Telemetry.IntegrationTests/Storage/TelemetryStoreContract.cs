using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using static Maestro.Telemetry.IntegrationTests.Storage.Batches;

namespace Maestro.Telemetry.IntegrationTests.Storage;

/// <summary>What every telemetry store does. A backend is tested by a class that opens it.</summary>
public abstract class TelemetryStoreContract : IAsyncLifetime
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

        Assert.Equal(new StoreResult(2, 1), first);
        Assert.Equal(new StoreResult(1, 2), again);
        Assert.Equal(new Rollup(3, 10, 30, 60), Assert.Single(await RollupsAsync()).Values[0]);
        Assert.Equal([10, 20, 30], (await SamplesAsync("A", Noon, Noon.AddMinutes(1))).Select(s => s.Values.Values.Single()));
    }

    [Fact]
    public async Task Write_Nothing_IsNothing()
    {
        Assert.Equal(new StoreResult(0, 0), await WriteAsync());
        Assert.Equal(new StoreResult(0, 0), await WriteAsync(Of("A", 1)));
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
    public async Task Rollups_LateRows_JoinTheirMinute()
    {
        await WriteAsync(Of("A", 1, (130, 5)));
        await WriteAsync(Of("A", 1, (10, 1), (70, 3)));
        await WriteAsync(Of("A", 1, (20, 2)));

        var rows = await RollupsAsync();

        Assert.Equal([Noon, Noon.AddMinutes(1), Noon.AddMinutes(2)], rows.Select(r => r.Minute));
        Assert.Equal(new Rollup(2, 1, 2, 3), rows[0].Values[0]);
        Assert.Equal(1.5, rows[0].Values[0].Mean);
    }

    [Fact]
    public async Task Rollups_SamplesWithDifferentMetrics_CountEachMetricByItself()
    {
        await WriteAsync(Of("A", 1, (0, 4), (5, 6)), Full("A", 1, Noon.AddSeconds(10), TimeSpan.FromSeconds(1), 1));

        var row = Assert.Single(await RollupsAsync(
            metrics: [MetricId.MemberState, MetricId.CpuMeanPercent, MetricId.CpuMeanPercent]));

        Assert.Equal(
            [new Rollup(1, 11.5, 11.5, 11.5), new Rollup(3, 0.5, 6, 10.5), new Rollup(3, 0.5, 6, 10.5)], row.Values);
    }

    [Fact]
    public async Task Rollups_AMetricNeverSent_HasCountZero()
    {
        await WriteAsync(Of("A", 1, (0, 4)));

        var row = Assert.Single(await RollupsAsync(metrics: [MetricId.AccelerationRatio]));

        Assert.Equal(0, row.Values[0].Count);
        Assert.True(double.IsNaN(row.Values[0].Mean));
    }

    [Fact]
    public async Task Rollups_ComeInOrderOfTimeThenSerial()
    {
        await WriteAsync(Of("C", 1, (0, 1), (60, 1)), Of("B", 2, (0, 1), (60, 1)), Of("A", null, (60, 1)), Of("Z", 1, (0, 1)));

        var rows = await RollupsAsync();

        Assert.Equal(["0B", "0C", "0Z", "1A", "1B", "1C"], rows.Select(r => $"{(r.Minute - Noon).TotalMinutes}{r.Serial}"));
    }

    [Fact]
    public async Task Rollups_AnSgmThatMoves_IsInBothGroupsOfItsMinute()
    {
        await WriteAsync(Of("A", 1, (0, 10), (10, 20)), Of("A", 2, (20, 90)), Of("A", null, (30, 5)), Of("B", 1, (0, 1)));

        Assert.Equal(
            [new Rollup(2, 10, 20, 30), new Rollup(1, 1, 1, 1)], (await RollupsAsync(group: 1)).Select(r => r.Values[0]));
        Assert.Equal(90, Assert.Single(await RollupsAsync(group: 2)).Values[0].Sum);
        Assert.Equal(
            [null, new SecurityGroupId(1), new SecurityGroupId(2)], (await RollupsAsync(serial: "A")).Select(r => r.Group));
        Assert.Equal(30, Assert.Single(await RollupsAsync(group: 1, serial: "A")).Values[0].Sum);
        Assert.Empty(await RollupsAsync(group: 3));
        Assert.Empty(await RollupsAsync(group: 2, serial: "B"));
        Assert.Empty(await RollupsAsync(serial: "nobody"));
    }

    [Fact]
    public async Task Rollups_AreReadFromInclusiveToExclusive_AcrossGaps()
    {
        await WriteAsync(Of("A", 1, (0, 1), (60, 2), (86_400 * 40, 3), (86_400 * 80, 4)));

        var rows = await RollupsAsync(from: Noon.AddMinutes(1), to: Noon.AddDays(80));

        Assert.Equal([2, 3], rows.Select(r => r.Values[0].Sum));
        Assert.Equal(4, (await RollupsAsync(from: DateTimeOffset.MinValue, to: DateTimeOffset.MaxValue)).Count);
    }

    [Fact]
    public async Task Rollups_ManyRows_AreAllReadWhileWritingGoesOn()
    {
        await WriteAsync([.. Enumerable.Range(0, 30).Select(i => Full($"S{i:D2}", 1, Noon, TimeSpan.FromMinutes(1), 400))]);

        var rows = 0;
        await foreach (var row in _store.ReadRollupsAsync(Query(null, null, null, null, null), default))
        {
            if (rows++ % 1000 == 0)
            {
                await WriteAsync(Of("NEW", 2, (-60 - rows, 1)));
            }

            Assert.Equal(1, row.Values[0].Count);
        }

        Assert.Equal(12_000, rows);
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
    public async Task Forecast_IsTheNewestIssuedAtOrBefore()
    {
        var first = Forecast(Noon, 1.25);
        var second = Forecast(Noon.AddMinutes(5).AddTicks(7), Math.PI);
        await _store.AppendForecastAsync(second, default);
        await _store.AppendForecastAsync(first, default);
        await _store.AppendForecastAsync(second with { Resource = Resource.BitsPerSecond, Model = "other" }, default);

        Assert.Null(await FindAsync(Noon.AddTicks(-1)));
        AssertSame(first, await FindAsync(Noon));
        AssertSame(first, await FindAsync(second.IssuedAt.AddTicks(-1)));
        AssertSame(second, await FindAsync(second.IssuedAt));
        Assert.Null(await _store.GetForecastAsync(new SecurityGroupId(9), Resource.CpuWork, Noon, default));
    }

    [Fact]
    public async Task Retention_DeletesWhatIsTooOldPerResolution()
    {
        await WriteAsync(Full("A", 1, Noon, TimeSpan.FromSeconds(1), 600));
        await _store.AppendForecastAsync(Forecast(Noon, 1), default);
        await _store.AppendForecastAsync(Forecast(Noon.AddMinutes(9), 2), default);
        var policy = new RetentionPolicy(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1));

        var deleted = await _store.ApplyRetentionAsync(policy, Noon.AddMinutes(10), default);
        var nothing = await _store.ApplyRetentionAsync(policy, Noon.AddMinutes(10), default);

        Assert.Equal(new RetentionResult(480, 5, 1), deleted);
        Assert.Equal(default, nothing);
        Assert.Equal(Noon.AddMinutes(8), (await SamplesAsync("A", Noon, Noon.AddHours(1)))[0].Time);
        Assert.Equal(Noon.AddMinutes(5), (await RollupsAsync())[0].Minute);
        Assert.Null(await FindAsync(Noon.AddMinutes(8)));
        var statistics = await _store.GetStatisticsAsync(default);
        Assert.Equal((120, 5, 1), (statistics.SampleRows, statistics.RollupRows, statistics.Forecasts));
    }

    [Fact]
    public async Task Retention_ZeroKeepsForEver()
    {
        await WriteAsync(Of("A", 1, (0, 1)));

        var deleted = await _store.ApplyRetentionAsync(
            new RetentionPolicy(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero), Noon.AddYears(50), default);

        Assert.Equal(default, deleted);
        Assert.Single(await RollupsAsync());
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

        Assert.Equal(new StoreResult(2, 1), again);
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

    private static DemandForecast Forecast(DateTimeOffset issued, double value) => new()
    {
        Group = new SecurityGroupId(1),
        Resource = Resource.CpuWork,
        Model = "direct",
        IssuedAt = issued,
        Start = issued.AddMinutes(1),
        Step = TimeSpan.FromMinutes(5),
        Levels = [0.5, 0.95],
        Marginal = new[] { value, value + 1, double.NaN, 1e300 },
        PathMaximum = new[] { 0, 0.5, 1, 2 },
        Trust = new ForecastTrust(true, 0.8, double.NaN, "better than last week's"),
    };

    private static void AssertSame(DemandForecast expected, DemandForecast? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Levels, actual.Levels);
        Assert.Equal(expected.Marginal.ToArray(), actual.Marginal.ToArray());
        Assert.Equal(expected.PathMaximum.ToArray(), actual.PathMaximum.ToArray());
        Assert.Equal(
            expected with { Levels = [], Marginal = default, PathMaximum = default },
            actual with { Levels = [], Marginal = default, PathMaximum = default });
    }

    private static RollupQuery Query(
        DateTimeOffset? from, DateTimeOffset? to, int? group, string? serial, MetricId[]? metrics) => new()
        {
            From = from ?? Noon.AddDays(-1),
            To = to ?? Noon.AddDays(1),
            Group = group is { } number ? new SecurityGroupId(number) : null,
            Serial = serial is null ? null : new GatewaySerial(serial),
            Metrics = metrics ?? [MetricId.CpuMeanPercent],
        };

    private async Task<StoreResult> WriteAsync(params SampleBatch[] batches) =>
        await _store.WriteAsync(batches, CancellationToken.None);

    private async Task<DemandForecast?> FindAsync(DateTimeOffset at) =>
        await _store.GetForecastAsync(new SecurityGroupId(1), Resource.CpuWork, at, default);

    private async Task<List<RollupRow>> RollupsAsync(
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        int? group = null,
        string? serial = null,
        MetricId[]? metrics = null)
    {
        var rows = new List<RollupRow>();
        await foreach (var row in _store.ReadRollupsAsync(Query(from, to, group, serial, metrics), default))
        {
            rows.Add(row with { Values = [.. row.Values] });
        }

        return rows;
    }

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
