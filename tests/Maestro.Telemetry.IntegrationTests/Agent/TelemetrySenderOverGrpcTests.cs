using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Agents;

public sealed class TelemetrySenderOverGrpcTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly AgentIdentity Identity = new() { AgentId = "agent-1", Serial = "SN-1", Site = 1 };

    private static readonly Column[] Columns =
        [new() { Metric = Metric.CpuMean }, new() { Metric = Metric.MemoryUsed }];

    private static TelemetrySenderOptions Options => new()
    {
        MaxOutboxRows = 2_000,
        BackoffBase = TimeSpan.FromMilliseconds(5),
        BackoffMax = TimeSpan.FromMilliseconds(50),
        Linger = TimeSpan.FromMilliseconds(20),
        Seed = 1,
    };

    [Fact]
    public async Task CollectorThatDropsStreams_GetsEachRowAtLeastOnce()
    {
        const int Count = 10_000;
        var collector = new UnreliableCollector(batchesPerStream: 9);
        await using var host = await CollectorHost.StartAsync(collector);
        await using var sender = new TelemetrySender(
            Options, host.Channel, Identity, Columns, TimeProvider.System, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var run = sender.RunAsync(stop.Token);

        var timestamps = Enumerable.Range(0, Count).Select(i => 1_700_000_000_000L + i).ToArray();
        var rows = Enumerable.Range(0, Count).SelectMany(i => new double[] { i, 50 }).ToArray();
        await sender.EnqueueAsync(timestamps, rows, stop.Token).AsTask().WaitAsync(Patience);
        await sender.FlushAsync(stop.Token).WaitAsync(Patience);
        await stop.CancelAsync();
        await run.WaitAsync(Patience);

        Assert.Equal(Enumerable.Range(0, Count).Select(i => (double)i), collector.Rows.Keys.Order());
        Assert.Equal((Count, 0), (sender.Counters.Acknowledged, sender.Counters.Waiting));
        Assert.True(sender.Counters.SentAgain > 0);
        Assert.True(collector.Streams > 5, $"only {collector.Streams} streams");
        Assert.All(collector.Hellos, hello => Assert.Equal("SN-1", hello.Serial));
    }

    [Fact]
    public async Task ManySenders_ShareOneChannel()
    {
        var collector = new UnreliableCollector(batchesPerStream: int.MaxValue);
        await using var host = await CollectorHost.StartAsync(collector);
        using var stop = new CancellationTokenSource();
        var senders = Enumerable.Range(0, 120).Select(i => new TelemetrySender(
            Options, host.Channel, Identity with { Serial = $"SN-{i}" }, Columns, TimeProvider.System,
            NullLogger.Instance)).ToArray();
        var runs = senders.Select(sender => sender.RunAsync(stop.Token)).ToArray();

        for (var i = 0; i < senders.Length; i++)
        {
            Assert.True(senders[i].TryEnqueue(DateTimeOffset.UnixEpoch, [i, 1]));
        }

        await Task.WhenAll(senders.Select(sender => sender.FlushAsync(stop.Token))).WaitAsync(Patience);
        await stop.CancelAsync();
        await Task.WhenAll(runs).WaitAsync(Patience);

        Assert.Equal(120, collector.Rows.Count);
        Assert.All(senders, sender => Assert.Equal(0, sender.Counters.Reconnects));
        foreach (var sender in senders)
        {
            await sender.DisposeAsync();
        }
    }

    [Fact]
    public async Task Agent_StreamsTheNumbersOfThisHost()
    {
        var collector = new UnreliableCollector(batchesPerStream: int.MaxValue);
        await using var host = await CollectorHost.StartAsync(collector);
        using var stop = new CancellationTokenSource();
        var options = new AgentOptions
        {
            Server = "http://127.0.0.1",
            Serial = "SN-1",
            Interval = TimeSpan.FromMilliseconds(100),
            Sender = { Linger = TimeSpan.Zero },
        };

        var run = AgentProcess.RunAsync(
            options, host.Channel.CreateCallInvoker(), TimeProvider.System, NullLoggerFactory.Instance, stop.Token);
        var started = TimeProvider.System.GetTimestamp();
        while (collector.Rows.IsEmpty && TimeProvider.System.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stop.Token);
        }

        await stop.CancelAsync();
        var counters = await run.WaitAsync(Patience);

        Assert.True(counters.Acknowledged > 0);
        Assert.All(collector.Rows.Keys, busy => Assert.InRange(busy, 0, 100));
        Assert.Contains(collector.Hellos.Single().Columns, c => c.Metric == Metric.CpuCoreBusy && c.Core == 0);
    }
}
