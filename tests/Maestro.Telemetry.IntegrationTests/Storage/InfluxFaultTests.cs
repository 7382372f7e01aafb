using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Influx;
using static Maestro.Telemetry.IntegrationTests.Storage.Batches;

namespace Maestro.Telemetry.IntegrationTests.Storage;

/// <summary>A real server that goes away and comes back, and text that is hard to write.</summary>
public sealed class InfluxFaultTests : IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly InfluxProcess _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Write_TheServerIsKilledBetweenWrites_EveryAcknowledgedRowIsThereOnce()
    {
        await using var store = Open();
        var acknowledged = 0L;
        for (var round = 0; round < 6; round++)
        {
            var batch = Full("A", 1, Noon.AddSeconds(round * 20), TimeSpan.FromSeconds(1), 30);
            if (round % 2 == 1)
            {
                await _server.KillAsync();
                await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.WriteAsync([batch], default));
                await _server.StartAsync();
            }

            acknowledged += (await store.WriteAsync([batch], default)).Stored;
        }

        Assert.Equal(130, acknowledged);
        Assert.Equal(130, await StoreConsistency.CheckAsync(store, Noon, Noon.AddHours(1)).WaitAsync(Bound));
    }

    [Fact]
    public async Task Open_TheServerIsDown_IsNoFailureUntilItIsUsed()
    {
        await _server.KillAsync();
        await using var store = Open();

        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await store.GetLatestAsync(Noon, default));
        Assert.Contains("cannot be reached", problem.Message, StringComparison.Ordinal);
        await _server.StartAsync();

        Assert.Equal(new StoreResult(1, 0, 0), await store.WriteAsync([Of("A", 1, (0, 1))], default));
    }

    [Fact]
    public async Task Write_TheDatabaseIsDropped_IsMadeAgain()
    {
        await using var store = Open();
        await store.WriteAsync([Of("A", 1, (0, 1))], default);
        await _server.AskAsync("DROP DATABASE maestro");

        await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await store.WriteAsync([Of("A", 1, (1, 1))], default));

        Assert.Equal(new StoreResult(1, 0, 0), await store.WriteAsync([Of("A", 1, (1, 1))], default));
    }

    [Fact]
    public async Task Write_IsCanceledHalfWay_IsReadBackBeforeItIsBuiltUpon()
    {
        await using var store = Open();
        var batches = Enumerable.Range(0, 20).Select(i => Full($"S{i}", 1, Noon, TimeSpan.FromSeconds(1), 600)).ToArray();
        for (var ms = 1; ms < 400; ms *= 3)
        {
            using var late = new CancellationTokenSource(TimeSpan.FromMilliseconds(ms), TimeProvider.System);
            try
            {
                await store.WriteAsync(batches, late.Token);
            }
            catch (OperationCanceledException)
            {
                // As it happens: before, amid or after the requests.
            }
        }

        await store.WriteAsync(batches, default);

        Assert.Equal(12_000, await StoreConsistency.CheckAsync(store, Noon, Noon.AddHours(1)).WaitAsync(Bound));
    }

    [Fact]
    public async Task Start_MakesTheRetentionPoliciesThatAreConfigured()
    {
        await using (var first = Open(new(TimeSpan.FromDays(7), TimeSpan.FromDays(400), TimeSpan.FromDays(90))))
        {
            await first.GetServerAsync(default);
        }

        await using var second = Open(new(TimeSpan.FromDays(3), TimeSpan.Zero, TimeSpan.FromDays(90)));
        var server = await second.GetServerAsync(default);

        var policies = await _server.AskAsync("SHOW RETENTION POLICIES ON maestro");
        Assert.Contains("\"samples\",\"72h0m0s\",\"24h0m0s\"", policies, StringComparison.Ordinal);
        Assert.Contains("\"autogen\",\"0s\"", policies, StringComparison.Ordinal);
        Assert.StartsWith("1.", server.Version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serials_OfAnyText_AreGivenBack()
    {
        await using var store = Open();
        var text = Gen.Elements([.. "abZ09 ,=\\\"'%\n\t\u007f{}é\u4e16/#"]).NonEmptyListOf().Select(c => string.Concat(c));
        var serials = text.Sample(300, 20).Distinct().ToList();

        await store.WriteAsync([.. serials.Select((s, i) => Of(s, 1, (0, i)))], default);
        await store.WriteAsync([.. serials.Select((s, i) => Of(s, 1, (60, i)))], default);

        var latest = await store.GetLatestAsync(Noon, default);
        Assert.Equal(serials.Order(StringComparer.Ordinal), latest.Select(l => l.Serial.Value));
        foreach (var (i, serial) in serials.Index())
        {
            Assert.Equal([i, i], await ValuesAsync(store, serial));
        }

        var rollups = new HashSet<string>();
        await foreach (var row in store.ReadRollupsAsync(
            new RollupQuery { From = Noon, To = Noon.AddMinutes(1), Metrics = [MetricId.CpuMeanPercent] }, default))
        {
            rollups.Add(row.Serial.Value);
        }

        Assert.Equal(serials.Count, rollups.Count);
    }

    [Fact]
    public async Task Write_AnSgmThatMovedAndIsSentAgain_HasOneRowAtEachTime()
    {
        await using var store = Open();
        await store.WriteAsync([Of("A", 1, (0, 1), (10, 2))], default);
        await using var restarted = Open();

        var again = await restarted.WriteAsync([Of("A", 2, (0, 8), (10, 9), (20, 3))], default);

        Assert.Equal(new StoreResult(1, 0, 2), again);
        Assert.Equal([1, 2, 3], await ValuesAsync(restarted, "A"));
    }

    private static async Task<List<double>> ValuesAsync(InfluxTelemetryStore store, string serial)
    {
        var values = new List<double>();
        await foreach (var sample in store.ReadSamplesAsync(new GatewaySerial(serial), Noon, Noon.AddHours(1), default))
        {
            values.Add(sample.Values[MetricId.CpuMeanPercent]);
        }

        return values;
    }

    private InfluxTelemetryStore Open(RetentionPolicy? retention = null) => InfluxTelemetryStore.Open(
        new InfluxStoreOptions
        {
            Url = _server.Url,
            Retention = retention ?? new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero),
        },
        TimeProvider.System);
}
