using System.Diagnostics.Metrics;
using Maestro.Telemetry.IntegrationTests.Interop;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Receivers.Intake;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Maestro.Telemetry.IntegrationTests.Receivers;

/// <summary>The OpenTelemetry SDKs of .NET and JavaScript as senders: one sweep of an SGM each.</summary>
[Collection(ServerUnderTest.OneAtATime)]
public sealed class OtlpSendersTests
{
    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task DotNet_OneSweep_IsStoredAsOneRow(OtlpExportProtocol protocol)
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var meter = new Meter($"skyline-{protocol}");
        Observe(meter);
        var url = protocol == OtlpExportProtocol.Grpc
            ? server.OtlpGrpcAddress
            : new Uri(server.ReceiverAddress, "/v1/metrics");
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(meter.Name)
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddAttributes(
            [
                new("sp_security_group_id", 1L), new("sp_site_id", 1L), new("sp_member_id", "1_01"),
                new("host.name", "sg1-ch01-01"),
            ]))
            .AddOtlpExporter((exporter, reader) =>
            {
                (exporter.Protocol, exporter.Endpoint) = (protocol, url);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = int.MaxValue;
            })
            .Build();

        var flushed = await Task.Run(() => provider.ForceFlush(20_000)).WaitAsync(ServerUnderTest.Patience);

        Assert.True(flushed);
        await AssertStoredAsync(server);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http-json")]
    [InlineData("http-proto")]
    public async Task JavaScript_OneSweep_IsStoredAsOneRow(string protocol)
    {
        await using var server = await ServerUnderTest.StartAsync();
        var url = protocol == "grpc" ? server.OtlpGrpcAddress : new Uri(server.ReceiverAddress, "/v1/metrics");
        await using var peer = PeerProcess.Node("otlp.js", protocol, url.ToString());

        Assert.Equal(["SUCCESS"], await peer.ReadLinesAsync());
        await AssertStoredAsync(server);
    }

    private static void Observe(Meter meter)
    {
        meter.CreateObservableGauge("system.cpu.utilization", () => Enumerable.Range(0, 4).Select(cpu =>
            new Measurement<double>(0.9 - (cpu / 10.0), new("cpu", $"{cpu}"), new("state", "idle"), new("type", "CoreXL_FW"))), "1");
        meter.CreateObservableGauge("system.traffic.connections", () => new Measurement<long>[]
        {
            new(100, new("protocol", "tcp"), new("state", "established")),
            new(23, new("protocol", "other"), new("state", "established")),
        });
        meter.CreateObservableGauge("system.network.interface.io.receive.rate", () => new Measurement<double>[]
        {
            new(1_000, new KeyValuePair<string, object?>("interface", "eth1")),
            new(2_000, new KeyValuePair<string, object?>("interface", "eth2")),
            new(3_000, new KeyValuePair<string, object?>("interface", "TOTAL")),
        }, "bit/s");
        meter.CreateObservableGauge("system.uptime", () => 5L);
    }

    private static async Task AssertStoredAsync(ServerUnderTest server)
    {
        // The first sweep of an SGM is answered by the window; its sums wait a little for what may come yet.
        var row = await StoredAsync(server, ServerUnderTest.Patience);
        Assert.Equal(25, row.Values[MetricId.CpuMeanPercent], 6);
        Assert.Equal(40, row.Values[MetricId.CpuBusiestCorePercent], 6);
        Assert.Equal(123, row.Values[MetricId.ConcurrentConnections]);
        Assert.Equal(3_000, row.Values[MetricId.ReceivedBitsPerSecond]);
        var counters = server.Get<ReceiverCounters>();
        Assert.Equal(0, counters.Refused);
        Assert.True(counters.Ignored > 0);
    }

    private static async Task<RawSample> StoredAsync(ServerUnderTest server, TimeSpan patience)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var stored = await server.StoredAsync("S1");
            if (stored is [var row] && row.Values.Count >= 4)
            {
                return row;
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(started) < patience,
                "Not one row was stored in time, but: "
                + string.Join("; ", stored.Select(r => $"{r.Time:O} {string.Join(' ', r.Values)}")));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
