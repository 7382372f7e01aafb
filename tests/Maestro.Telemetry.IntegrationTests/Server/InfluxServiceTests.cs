using System.Text.Json;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.IntegrationTests.Service;

/// <summary>The whole service with InfluxDB as its store.</summary>
[Collection(ServerUnderTest.OneAtATime)]
public sealed class InfluxServiceTests : IAsyncLifetime
{
    private readonly InfluxProcess _influx = new();

    public Task InitializeAsync() => _influx.InitializeAsync();

    public Task DisposeAsync() => _influx.DisposeAsync();

    [Fact]
    public async Task Export_WhatIsAcknowledged_IsInInfluxWithItsTags()
    {
        await using var server = await StartAsync();

        Assert.Equal(3u, (await server.ExportAsync(ServerUnderTest.Batch(1, 10, 20, 30))).AcceptedRows);
        Assert.Equal(3u, (await server.ExportAsync(ServerUnderTest.Batch(2, 10, 20, 30))).AcceptedRows);

        Assert.NotEmpty(await server.StoredAsync("S1"));
        var answer = await _influx.AskAsync("SHOW TAG KEYS FROM \"samples\".\"sgm\"", "maestro");
        Assert.Equal(["fabric", "security_group", "serial", "site"], Texts(answer));
        var ingest = (await server.StatusAsync()).Ingest;
        Assert.Equal(ingest.Accepted, ingest.Stored + ingest.Merged + ingest.Duplicates);
        Assert.Equal((int)ingest.Stored, (await server.StoredAsync("S1")).Count);
    }

    [Fact]
    public async Task Export_WhileInfluxIsDown_FollowsWhenItIsBack()
    {
        await using var server = await StartAsync();
        var first = ServerUnderTest.Batch(1, 10, 20);
        await server.ExportAsync(first);
        await _influx.KillAsync();

        Assert.Equal(2u, (await server.ExportAsync(first)).AcceptedRows);
        var late = ServerUnderTest.Batch(2, 30, 40, 50);
        Assert.Equal(3u, (await server.ExportAsync(late)).AcceptedRows);
        await _influx.StartAsync();

        var times = first.TimestampsUnixMs.Concat(late.TimestampsUnixMs).Distinct().Count();
        using var bound = new CancellationTokenSource(ServerUnderTest.Patience);
        while ((await server.StoredAsync("S1")).Count < times)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, bound.Token);
        }

        Assert.Contains(await server.StoredAsync("S1"), s => s.Values[MetricId.CpuMeanPercent] is 50);
    }

    private static List<string> Texts(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        return [.. json.RootElement.GetProperty("results")[0].GetProperty("series")[0].GetProperty("values")
            .EnumerateArray().Select(v => v[0].GetString()!)];
    }

    private Task<ServerUnderTest> StartAsync() => ServerUnderTest.StartAsync(
        ("Maestro:Storage:Kind", "influxdb"),
        ("Maestro:Storage:Influx:Url", _influx.Url.AbsoluteUri),
        ("Maestro:Storage:Influx:Timeout", "00:00:05"));
}
