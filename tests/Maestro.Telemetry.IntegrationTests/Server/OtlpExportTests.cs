using System.Globalization;

namespace Maestro.Telemetry.IntegrationTests.Service;

/// <summary>What the service tells of itself by OTLP.</summary>
[Collection(ServerUnderTest.OneAtATime)]
public sealed class OtlpExportTests
{
    private static readonly TimeSpan Patience = ServerUnderTest.Patience;

    [Fact]
    public async Task OverHttp_ACollector_IsSentMetricsAndTraces()
    {
        await using var sink = await OtlpSink.StartAsync();
        await using var server = await ServerUnderTest.StartAsync(
            ("Maestro:Otlp:Endpoint", sink.Address),
            ("Maestro:Otlp:Protocol", "HttpProtobuf"),
            ("Maestro:Otlp:Interval", "00:00:01"),
            ("Maestro:Otlp:TraceRatio", "1"),
            ("Maestro:Fabric:Name", "fabric-of-the-test"));

        await server.ExportAsync(ServerUnderTest.Batch(1, 10, 20));

        await sink.WaitForAsync("/v1/metrics", "maestro.collector.rows", "{row}", "service.name", "fabric-of-the-test");
        await sink.WaitForAsync("/v1/traces", "commit", "maestro.rows.stored", "service.name", "fabric-of-the-test");
    }

    [Fact]
    public async Task OverGrpc_TheReceiverOfAnotherCollector_TakesTheMetrics()
    {
        await using var receiver = await ServerUnderTest.StartAsync();
        await using var server = await ServerUnderTest.StartAsync(
            ("Maestro:Otlp:Endpoint", receiver.OtlpGrpcAddress.ToString()),
            ("Maestro:Otlp:Interval", "00:00:01"),
            ("Maestro:Otlp:TraceRatio", "0"));

        // They are of no SGM: it takes the request and leaves each point out, and counts that.
        using var patience = new CancellationTokenSource(Patience);
        while (await IgnoredAsync(receiver, patience.Token) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }

    private static async Task<long> IgnoredAsync(ServerUnderTest receiver, CancellationToken cancellationToken)
    {
        var metrics = await receiver.Console.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancellationToken);
        return metrics.Split('\n')
            .Where(l => l.StartsWith("maestro_receiver_points_total{", StringComparison.Ordinal)
                && l.Contains("protocol=\"otlp_grpc\"", StringComparison.Ordinal)
                && l.Contains("outcome=\"ignored\"", StringComparison.Ordinal))
            .Sum(l => (long)double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
