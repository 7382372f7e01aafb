using Maestro.Telemetry.IntegrationTests.Access;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Server.Receivers.Intake;

namespace Maestro.Telemetry.IntegrationTests.Receivers;

/// <summary>
/// A real Prometheus scrapes a page with the series of Skyline and writes them to us, each sweep split over requests
/// and shards. What it has is what we have, to the last sample.
/// </summary>
[Collection(ServerUnderTest.OneAtATime)]
public sealed class PrometheusTests
{
    private const int Scrapes = 6;

    private static readonly string[] Members = ["S1", "S2"];

    [Theory]
    [InlineData(1, 15)]
    [InlineData(3, 7)]
    [InlineData(2, 500)]
    public async Task RemoteWrite_SweepsSplitOverRequestsAndShards_AreStoredToTheLastSample(int shards, int perRequest)
    {
        await using var server = await ServerUnderTest.StartAsync();
        await using var page = await SkylinePage.StartAsync(Scrapes);
        await using var prometheus = await PrometheusServer.StartAsync(Configuration(page, server, shards, perRequest));

        await UntilAsync(() => Task.FromResult(page.AllEnded(Members.Length, Scrapes)), "All scrapes are over");
        foreach (var member in Members)
        {
            var expected = Rows(await prometheus.QueryAsync($"{{job=\"skyline\",instance=\"{member}\"}}"));
            Assert.Equal(Scrapes, expected.Count);
            await UntilAsync(
                async () => (await server.StoredAsync(member)).Sum(r => r.Values.Count) == expected.Values.Sum(r => r.Count),
                $"All rows of {member} are stored");
            AssertAlike(expected, await server.StoredAsync(member));
        }

        var points = server.Get<ReceiverCounters>();
        Assert.Equal(0, points.Refused);
        Assert.True(points.Ignored > 0);
        Assert.Equal(0, server.Get<RowCounters>().InFlight);
    }

    [Fact]
    public async Task RemoteWrite_WithBasicAuthentication_IsStored()
    {
        await using var server = await ServerUnderTest.StartAsync(AccessUnderTest.Required);
        var token = await server.CreateTokenAsync("prometheus", CallerRole.Agent, Members);
        await using var page = await SkylinePage.StartAsync(Scrapes);
        await using var prometheus = await PrometheusServer.StartAsync(Configuration(
            page, server, shards: 1, perRequest: 500, $"basic_auth: {{ username: prometheus, password: '{token}' }}"));

        await UntilAsync(async () => (await server.StoredAsync("S1")).Count > 0, "A row is stored");
        Assert.Equal(0, server.Get<ReceiverCounters>().Refused);
    }

    private static void AssertAlike(
        SortedDictionary<long, Dictionary<MetricId, double>> expected, List<RawSample> stored)
    {
        Assert.Equal(expected.Keys, stored.Select(s => s.Time.ToUnixTimeMilliseconds()));
        foreach (var (row, sample) in expected.Values.Zip(stored))
        {
            Assert.Equal(row.Keys.Order(), sample.Values.Keys.Order());
            Assert.All(row, cell => Assert.Equal(cell.Value, sample.Values[cell.Key], 1e-6 * Math.Abs(cell.Value)));
        }
    }

    /// <summary>The rows that the series of Prometheus make, put together in another way than the collector does.</summary>
    private static SortedDictionary<long, Dictionary<MetricId, double>> Rows(
        List<(Dictionary<string, string> Labels, List<(long TimeMs, double Value)> Points)> series)
    {
        var times = series.SelectMany(s => s.Points).Select(p => p.TimeMs / 1_000 * 1_000).Distinct();
        var rows = new SortedDictionary<long, Dictionary<MetricId, double>>();
        foreach (var time in times)
        {
            var busy = Values("system_cpu_utilization", l => l["state"] == "idle").Select(v => 100 - v).ToList();
            if (busy.Count == 0)
            {
                // The time of the scrape that failed, which only the scraper's own series have.
                continue;
            }

            rows[time] = new()
            {
                [MetricId.CpuMeanPercent] = busy.Average(),
                [MetricId.CpuBusiestCorePercent] = busy.Max(),
                [MetricId.MemoryUsedPercent] = 100 * Values("system_memory_usage").Sum() / Values("system_memory_limit").Sum(),
                [MetricId.ConcurrentConnections] = Values("system_traffic_connections").Sum(),
                [MetricId.ConnectionsPerSecond] = Values("system_network_connections_rate").Sum(),
                [MetricId.ReceivedBitsPerSecond] = Values("system_network_interface_io_receive_rate", IsEthernet).Sum(),
                [MetricId.TransmittedBitsPerSecond] = Values("system_network_interface_io_transmit_rate", IsEthernet).Sum(),
                [MetricId.MemberState] = 6,
            };

            IEnumerable<double> Values(string metric, Func<Dictionary<string, string>, bool>? takes = null) =>
                from one in series
                where one.Labels["__name__"] == metric && (takes is null || takes(one.Labels))
                from point in one.Points
                where point.TimeMs / 1_000 * 1_000 == time
                select point.Value;
        }

        return rows;

        static bool IsEthernet(Dictionary<string, string> labels) =>
            labels["interface"].StartsWith("eth", StringComparison.Ordinal);
    }

    private static string Configuration(
        SkylinePage page, ServerUnderTest server, int shards, int perRequest, string authentication = "") => $$"""
        global:
          scrape_interval: 2s
        scrape_configs:
          - job_name: skyline
            static_configs:
              - targets: [{{string.Join(", ", Members)}}]
            relabel_configs:
              - source_labels: [__address__]
                target_label: instance
              - source_labels: [__address__]
                target_label: __metrics_path__
                replacement: /$1
              - target_label: __address__
                replacement: 127.0.0.1:{{page.Port}}
        remote_write:
          - url: {{new Uri(server.ReceiverAddress, "/api/v1/write")}}
            {{authentication}}
            queue_config:
              min_shards: {{shards}}
              max_shards: {{shards}}
              max_samples_per_send: {{perRequest}}
              capacity: 2000
              batch_send_deadline: 200ms
        """;

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(90), $"{what}: not in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }
}
