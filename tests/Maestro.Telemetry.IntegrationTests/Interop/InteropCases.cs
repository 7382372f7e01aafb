using Google.Protobuf;
using Grpc.Core;
using Grpc.Testing;

namespace Maestro.Telemetry.IntegrationTests.Interop;

/// <summary>The client's side of the interoperability cases, as the gRPC project describes them.</summary>
internal static class InteropCases
{
    private const string EncodingRequest = "grpc-internal-encoding-request";
    private const int LargeRequest = 271_828;
    private const int LargeResponse = 314_159;
    private const string SpecialMessage = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n";

    private static readonly int[] RequestSizes = [27_182, 8, 1_828, 45_904];
    private static readonly int[] ResponseSizes = [31_415, 9, 2_653, 58_979];

    /// <summary>All cases by their official name.</summary>
    public static IReadOnlyDictionary<string, Func<InteropTarget, Task>> All { get; } =
        new Dictionary<string, Func<InteropTarget, Task>>
        {
            ["empty_unary"] = EmptyUnary,
            ["large_unary"] = LargeUnary,
            ["client_streaming"] = ClientStreaming,
            ["server_streaming"] = ServerStreaming,
            ["ping_pong"] = PingPong,
            ["empty_stream"] = EmptyStream,
            ["client_compressed_unary"] = ClientCompressedUnary,
            ["server_compressed_unary"] = ServerCompressedUnary,
            ["client_compressed_streaming"] = ClientCompressedStreaming,
            ["server_compressed_streaming"] = ServerCompressedStreaming,
            ["custom_metadata"] = CustomMetadata,
            ["status_code_and_message"] = StatusCodeAndMessage,
            ["special_status_message"] = SpecialStatusMessage,
            ["unimplemented_method"] = UnimplementedMethod,
            ["unimplemented_service"] = UnimplementedServiceCase,
            ["cancel_after_begin"] = CancelAfterBegin,
            ["cancel_after_first_response"] = CancelAfterFirstResponse,
            ["timeout_on_sleeping_server"] = TimeoutOnSleepingServer,
        };

    private static TestService.TestServiceClient Client(InteropTarget target) => new(target.Invoker);

    private static Payload Zeros(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };

    private static async Task EmptyUnary(InteropTarget target) =>
        Assert.Equal(new Empty(), await Client(target).EmptyCallAsync(new Empty()));

    private static async Task LargeUnary(InteropTarget target)
    {
        var response = await Client(target).UnaryCallAsync(
            new SimpleRequest { ResponseSize = LargeResponse, Payload = Zeros(LargeRequest) });

        Assert.Equal(Zeros(LargeResponse), response.Payload);
    }

    private static async Task ClientStreaming(InteropTarget target)
    {
        using var call = Client(target).StreamingInputCall();
        foreach (var size in RequestSizes)
        {
            await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = Zeros(size) });
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal(RequestSizes.Sum(), (await call).AggregatedPayloadSize);
    }

    private static async Task ServerStreaming(InteropTarget target)
    {
        var request = new StreamingOutputCallRequest();
        request.ResponseParameters.AddRange(ResponseSizes.Select(size => new ResponseParameters { Size = size }));
        using var call = Client(target).StreamingOutputCall(request);

        var sizes = await call.ResponseStream.ReadAllAsync().Select(r => r.Payload.Body.Length).ToListAsync();

        Assert.Equal(ResponseSizes, sizes);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    private static async Task PingPong(InteropTarget target)
    {
        using var call = Client(target).FullDuplexCall();
        foreach (var (requestSize, responseSize) in RequestSizes.Zip(ResponseSizes))
        {
            var request = new StreamingOutputCallRequest { Payload = Zeros(requestSize) };
            request.ResponseParameters.Add(new ResponseParameters { Size = responseSize });
            await call.RequestStream.WriteAsync(request);

            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(responseSize, call.ResponseStream.Current.Payload.Body.Length);
        }

        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    private static async Task EmptyStream(InteropTarget target)
    {
        using var call = Client(target).FullDuplexCall();
        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    private static async Task ClientCompressedUnary(InteropTarget target)
    {
        var probe = new SimpleRequest { ExpectCompressed = new() { Value = true }, Payload = Zeros(LargeRequest) };
        if (target.Abilities.SeesCompression)
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(
                () => Client(target).UnaryCallAsync(probe).ResponseAsync);
            Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        }

        foreach (var compressed in new[] { true, false })
        {
            var options = new CallOptions(compressed ? new Metadata { { EncodingRequest, "gzip" } } : null);
            var response = await Client(target).UnaryCallAsync(
                new SimpleRequest
                {
                    ExpectCompressed = new() { Value = compressed },
                    ResponseSize = LargeResponse,
                    Payload = Zeros(LargeRequest),
                },
                options);

            Assert.Equal(LargeResponse, response.Payload.Body.Length);
        }
    }

    private static async Task ServerCompressedUnary(InteropTarget target)
    {
        foreach (var compressed in new[] { true, false })
        {
            var call = Client(target).UnaryCallAsync(new SimpleRequest
            {
                ResponseCompressed = new() { Value = compressed },
                ResponseSize = LargeResponse,
                Payload = Zeros(LargeRequest),
            });

            Assert.Equal(Zeros(LargeResponse), (await call).Payload);
            ExpectEncoding(target, compressed);
        }
    }

    private static async Task ClientCompressedStreaming(InteropTarget target)
    {
        var probe = new StreamingInputCallRequest
        {
            ExpectCompressed = new() { Value = true },
            Payload = Zeros(27_182),
        };
        if (target.Abilities.SeesCompression)
        {
            using var refused = Client(target).StreamingInputCall();
            await refused.RequestStream.WriteAsync(probe);
            await refused.RequestStream.CompleteAsync();
            var refusal = await Assert.ThrowsAsync<RpcException>(() => refused.ResponseAsync);
            Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        }

        using var call = Client(target).StreamingInputCall(new Metadata { { EncodingRequest, "gzip" } });
        await call.RequestStream.WriteAsync(probe);
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
        await call.RequestStream.WriteAsync(
            new StreamingInputCallRequest { ExpectCompressed = new() { Value = false }, Payload = Zeros(45_904) });
        await call.RequestStream.CompleteAsync();

        Assert.Equal(73_086, (await call).AggregatedPayloadSize);
    }

    private static async Task ServerCompressedStreaming(InteropTarget target)
    {
        var request = new StreamingOutputCallRequest();
        request.ResponseParameters.Add(new ResponseParameters { Size = 31_415, Compressed = new() { Value = true } });
        request.ResponseParameters.Add(new ResponseParameters { Size = 92_653, Compressed = new() { Value = false } });
        using var call = Client(target).StreamingOutputCall(request);

        var sizes = await call.ResponseStream.ReadAllAsync().Select(r => r.Payload.Body.Length).ToListAsync();

        Assert.Equal([31_415, 92_653], sizes);
        ExpectEncoding(target, compressed: true);
    }

    private static void ExpectEncoding(InteropTarget target, bool compressed)
    {
        if (target.Abilities.Compresses)
        {
            Assert.Equal(compressed, target.LastResponseEncoding == "gzip");
        }
    }

    private static async Task CustomMetadata(InteropTarget target)
    {
        const string Initial = "x-grpc-test-echo-initial";
        const string Trailing = "x-grpc-test-echo-trailing-bin";
        byte[] bytes = [0xab, 0xab, 0xab];
        var headers = new Metadata { { Initial, "test_initial_metadata_value" }, { Trailing, bytes } };

        using var unary = Client(target).UnaryCallAsync(
            new SimpleRequest { ResponseSize = LargeResponse, Payload = Zeros(LargeRequest) }, headers);
        await unary;
        Assert.Equal("test_initial_metadata_value", (await unary.ResponseHeadersAsync).GetValue(Initial));
        Assert.Equal(bytes, unary.GetTrailers().GetValueBytes(Trailing));

        using var duplex = Client(target).FullDuplexCall(headers);
        var request = new StreamingOutputCallRequest { Payload = Zeros(LargeRequest) };
        request.ResponseParameters.Add(new ResponseParameters { Size = LargeResponse });
        await duplex.RequestStream.WriteAsync(request);
        await duplex.RequestStream.CompleteAsync();
        Assert.True(await duplex.ResponseStream.MoveNext());
        Assert.False(await duplex.ResponseStream.MoveNext());
        Assert.Equal("test_initial_metadata_value", (await duplex.ResponseHeadersAsync).GetValue(Initial));
        Assert.Equal(bytes, duplex.GetTrailers().GetValueBytes(Trailing));
    }

    private static async Task StatusCodeAndMessage(InteropTarget target)
    {
        var status = new EchoStatus { Code = 2, Message = "test status message" };
        var unary = await Assert.ThrowsAsync<RpcException>(
            () => Client(target).UnaryCallAsync(new SimpleRequest { ResponseStatus = status }).ResponseAsync);
        Assert.Equal((StatusCode.Unknown, status.Message), (unary.StatusCode, unary.Status.Detail));

        using var duplex = Client(target).FullDuplexCall();
        await duplex.RequestStream.WriteAsync(new StreamingOutputCallRequest { ResponseStatus = status });
        await duplex.RequestStream.CompleteAsync();
        var streamed = await Assert.ThrowsAsync<RpcException>(() => duplex.ResponseStream.MoveNext());
        Assert.Equal((StatusCode.Unknown, status.Message), (streamed.StatusCode, streamed.Status.Detail));
    }

    private static async Task SpecialStatusMessage(InteropTarget target)
    {
        var status = new EchoStatus { Code = 2, Message = SpecialMessage };

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => Client(target).UnaryCallAsync(new SimpleRequest { ResponseStatus = status }).ResponseAsync);

        Assert.Equal((StatusCode.Unknown, SpecialMessage), (failure.StatusCode, failure.Status.Detail));
    }

    private static async Task UnimplementedMethod(InteropTarget target)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(
            () => Client(target).UnimplementedCallAsync(new Empty()).ResponseAsync);

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    private static async Task UnimplementedServiceCase(InteropTarget target)
    {
        var client = new UnimplementedService.UnimplementedServiceClient(target.Invoker);

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => client.UnimplementedCallAsync(new Empty()).ResponseAsync);

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    private static async Task CancelAfterBegin(InteropTarget target)
    {
        using var cancellation = new CancellationTokenSource();
        using var call = Client(target).StreamingInputCall(cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
    }

    private static async Task CancelAfterFirstResponse(InteropTarget target)
    {
        using var cancellation = new CancellationTokenSource();
        using var call = Client(target).FullDuplexCall(cancellationToken: cancellation.Token);
        var request = new StreamingOutputCallRequest { Payload = Zeros(27_182) };
        request.ResponseParameters.Add(new ResponseParameters { Size = 31_415 });
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext());

        await cancellation.CancelAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
    }

    private static async Task TimeoutOnSleepingServer(InteropTarget target)
    {
        var deadline = TimeProvider.System.GetUtcNow().AddMilliseconds(1).UtcDateTime;
        using var call = Client(target).FullDuplexCall(deadline: deadline);

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { Payload = Zeros(27_182) });
            await call.ResponseStream.MoveNext();
        });

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
    }
}
