using Grpc.Core;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Series;
using RefusalReason = Maestro.Telemetry.Protocol.V1.RefusalReason;

namespace Maestro.Telemetry.IntegrationTests.Service;

[Collection(ServerUnderTest.OneAtATime)]
public sealed class CollectorTests
{
    private static readonly TimeSpan Patience = ServerUnderTest.Patience;

    [Fact]
    public async Task Stream_Batches_AreStoredWhenTheyAreAcknowledged()
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var call = server.Collector.Stream();
        await SendAsync(call, ServerUnderTest.Hello(columns: [new() { Metric = Metric.CpuMean }, new() { Metric = (Metric)99 }]));

        var welcome = (await ReadAsync(call)).Welcome;
        Assert.Equal([1u], welcome.UnknownColumns);
        Assert.Equal((64u, 5_000u), (welcome.FlowHint.WindowBatches, welcome.FlowHint.MaxBatchRows));
        var batch = ServerUnderTest.Batch(5, 10, 20, 30);
        batch.Values.Clear();
        batch.Values.AddRange([10, -1, 20, double.NaN, 30, 0]);
        await SendAsync(call, batch);
        Assert.Equal(5ul, (await ReadAsync(call)).Acknowledgement.UpToSequence);

        var stored = await server.StoredAsync("S1");
        Assert.Equal([10, 20, 30], stored.Select(s => s.Values[MetricId.CpuMeanPercent]));
        Assert.All(stored, s => Assert.Equal(1, s.Group?.Value));
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(default).WaitAsync(Patience));
        var ingest = (await server.StatusAsync()).Ingest;
        Assert.Equal((3ul, 0ul, 3ul), (ingest.Accepted, ingest.Refused, ingest.Stored));
    }

    [Fact]
    public async Task Stream_BadRowsAndBatches_AreRefusedWithReasonsAndTheStreamLives()
    {
        await using var server = await ServerUnderTest.StartAsync(("Maestro:Ingest:MaxBatchRows", "3"));
        using var call = server.Collector.Stream();
        await SendAsync(call, ServerUnderTest.Hello());
        await ReadAsync(call);
        var old = ServerUnderTest.Batch(3, 1);
        old.TimestampsUnixMs[0] -= (long)TimeSpan.FromDays(3).TotalMilliseconds;
        var early = ServerUnderTest.Batch(4, 1);
        early.TimestampsUnixMs[0] += (long)TimeSpan.FromHours(2).TotalMilliseconds;
        var shape = ServerUnderTest.Batch(5, 1, 2);
        shape.Values.RemoveAt(0);

        await SendAsync(call, ServerUnderTest.Batch(1, double.NaN, 50, -1));
        await SendAsync(call, ServerUnderTest.Batch(2, 100.5));
        await SendAsync(call, old);
        await SendAsync(call, early);
        await SendAsync(call, shape);
        await SendAsync(call, ServerUnderTest.Batch(6, 1, 2, 3, 4));
        await SendAsync(call, ServerUnderTest.Batch(7, 60));

        var refusals = await ReadUntilAsync(call, 7);
        Assert.Equal(
            [
                (1ul, RefusalReason.NotFinite), (1, RefusalReason.Negative), (2, RefusalReason.OutOfRange), (3, RefusalReason.TooOld),
                (4, RefusalReason.TooNew), (5, RefusalReason.Shape), (6, RefusalReason.Oversized),
            ],
            refusals.Select(r => (r.Sequence, r.Reason)));
        Assert.All(refusals, r => Assert.NotEmpty(r.Message));
        Assert.Equal([50, 60], (await server.StoredAsync("S1")).Select(s => s.Values[MetricId.CpuMeanPercent]).Order());
        var ingest = (await server.StatusAsync()).Ingest;
        Assert.Equal((2ul, 11ul, 2ul), (ingest.Accepted, ingest.Refused, ingest.Stored));
        Assert.Equal(11ul, ingest.RefusedByReason.Values.Aggregate((a, b) => a + b));
    }

    [Theory]
    [InlineData("S9", 0, RefusalReason.UnknownSerial)]
    [InlineData("S1", 2, RefusalReason.WrongSite)]
    public async Task Export_UnknownSgmOrWrongSite_IsRefusedAsAWhole(string serial, int site, RefusalReason reason)
    {
        await using var server = await ServerUnderTest.StartAsync();

        var response = await server.ExportAsync(
            ServerUnderTest.Batch(1, 10, 20), ServerUnderTest.Hello(serial, site: site));

        Assert.Equal(0u, response.AcceptedRows);
        Assert.Equal(reason, Assert.Single(response.Refusals).Reason);
        Assert.Empty(await server.StoredAsync(serial));
    }

    [Fact]
    public async Task Export_TwiceTheSame_IsStoredOnce()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var batch = ServerUnderTest.Batch(1, 10, 20);

        Assert.Equal(2u, (await server.ExportAsync(batch)).AcceptedRows);
        Assert.Equal(2u, (await server.ExportAsync(batch)).AcceptedRows);

        Assert.Equal(2, (await server.StoredAsync("S1")).Count);
        Assert.Equal(2ul, (await server.StatusAsync()).Ingest.Duplicates);
    }

    [Fact]
    public async Task Stream_HelloThatCannotBeUsed_IsInvalidAndTheServerLives()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var core = new Column { Metric = Metric.CpuCoreBusy, Core = uint.MaxValue };

        await AssertEndAsync(server, StatusCode.InvalidArgument, new StreamRequest { Batch = ServerUnderTest.Batch(1, 1) });
        await AssertEndAsync(server, StatusCode.InvalidArgument, new StreamRequest { Hello = ServerUnderTest.Hello("") });
        await AssertEndAsync(
            server, StatusCode.InvalidArgument, new StreamRequest { Hello = ServerUnderTest.Hello(columns: [core]) });
        await AssertEndAsync(
            server,
            StatusCode.InvalidArgument,
            new StreamRequest { Hello = ServerUnderTest.Hello() },
            new StreamRequest { Batch = ServerUnderTest.Batch(0, 1) });
        await AssertEndAsync(
            server,
            StatusCode.InvalidArgument,
            new StreamRequest { Hello = ServerUnderTest.Hello() },
            new StreamRequest { Hello = ServerUnderTest.Hello() });

        Assert.Equal(1u, (await server.ExportAsync(ServerUnderTest.Batch(1, 10))).AcceptedRows);
        Assert.Equal(0ul, (await server.StatusAsync()).Ingest.Streams);
    }

    [Fact]
    public async Task Stream_MalformedProtobuf_FailsAndTheServerLives()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var bytes = Marshallers.Create<byte[]>(message => message, message => message);
        var method = new Method<byte[], byte[]>(
            MethodType.DuplexStreaming, "maestro.telemetry.v1.TelemetryCollector", "Stream", bytes, bytes);
        using var call = server.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions());

        await call.RequestStream.WriteAsync([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x01]).WaitAsync(Patience);
        var e = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default).WaitAsync(Patience));

        Assert.NotEqual(StatusCode.OK, e.StatusCode);
        Assert.Equal(1u, (await server.ExportAsync(ServerUnderTest.Batch(1, 10))).AcceptedRows);
    }

    [Fact]
    public async Task Stream_MessageOverTheLimit_FailsAndTheServerLives()
    {
        await using var server = await ServerUnderTest.StartAsync(("Maestro:Ingest:MaxMessageBytes", "2048"));

        await AssertEndAsync(
            server,
            StatusCode.ResourceExhausted,
            new StreamRequest { Hello = ServerUnderTest.Hello() },
            new StreamRequest { Batch = ServerUnderTest.Batch(1, new double[500]) });

        Assert.Equal(1u, (await server.ExportAsync(ServerUnderTest.Batch(1, 10))).AcceptedRows);
    }

    [Fact]
    public async Task Stream_SameSerialByAnotherAgent_IsRefusedAndBySameAgentTakesOver()
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var first = server.Collector.Stream();
        await SendAsync(first, ServerUnderTest.Hello());
        await ReadAsync(first);

        await AssertEndAsync(
            server, StatusCode.AlreadyExists, new StreamRequest { Hello = ServerUnderTest.Hello(agent: "agent-2") });
        using var second = server.Collector.Stream();
        await SendAsync(second, ServerUnderTest.Hello());
        Assert.NotNull((await ReadAsync(second)).Welcome);
        var e = await Assert.ThrowsAsync<RpcException>(() => ReadAsync(first));

        Assert.Equal(StatusCode.Aborted, e.StatusCode);
        await SendAsync(second, ServerUnderTest.Batch(1, 10));
        Assert.Equal(1ul, (await ReadAsync(second)).Acknowledgement.UpToSequence);
    }

    private static async Task AssertEndAsync(ServerUnderTest server, StatusCode code, params StreamRequest[] requests)
    {
        using var call = server.Collector.Stream();
        var e = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            foreach (var request in requests)
            {
                await call.RequestStream.WriteAsync(request).WaitAsync(Patience);
            }

            while (await call.ResponseStream.MoveNext(default).WaitAsync(Patience))
            {
            }
        });
        Assert.True(e.StatusCode == code, e.Message);
        Assert.NotEmpty(e.Status.Detail);
    }

    private static Task SendAsync(AsyncDuplexStreamingCall<StreamRequest, StreamResponse> call, Hello hello) =>
        call.RequestStream.WriteAsync(new StreamRequest { Hello = hello }).WaitAsync(Patience);

    private static Task SendAsync(AsyncDuplexStreamingCall<StreamRequest, StreamResponse> call, Batch batch) =>
        call.RequestStream.WriteAsync(new StreamRequest { Batch = batch }).WaitAsync(Patience);

    private static async Task<StreamResponse> ReadAsync(AsyncDuplexStreamingCall<StreamRequest, StreamResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(default).WaitAsync(Patience));
        return call.ResponseStream.Current;
    }

    private static async Task<List<Refusal>> ReadUntilAsync(
        AsyncDuplexStreamingCall<StreamRequest, StreamResponse> call, ulong sequence)
    {
        var refusals = new List<Refusal>();
        var last = 0ul;
        while (last < sequence)
        {
            var acknowledgement = (await ReadAsync(call)).Acknowledgement;
            Assert.True(acknowledgement.UpToSequence > last);
            last = acknowledgement.UpToSequence;
            refusals.AddRange(acknowledgement.Refusals);
        }

        return refusals;
    }
}
