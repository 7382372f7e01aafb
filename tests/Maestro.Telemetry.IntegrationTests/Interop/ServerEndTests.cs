using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;

namespace Maestro.Telemetry.IntegrationTests.Interop;

/// <summary>How our server ends calls on real connections.</summary>
public sealed class ServerEndTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly StreamingOutputCallRequest OneByte = new()
    {
        ResponseParameters = { new ResponseParameters { Size = 1 } },
    };

    [Fact]
    public async Task Stop_WithOpenStreams_EndsThemWithUnavailableAndDoesNotWaitForTheTimeout()
    {
        await using var server = await InteropServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address);
        using var call = new TestService.TestServiceClient(channel).FullDuplexCall();
        await call.RequestStream.WriteAsync(OneByte);
        Assert.True(await call.ResponseStream.MoveNext().WaitAsync(Limit));

        var stop = server.StopAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().WaitAsync(Limit));
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        await stop.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Deadline_OfAClientThatDoesNotKeepIt_IsKeptByTheServer()
    {
        await using var server = await InteropServer.StartAsync();
        var request = new StreamingOutputCallRequest
        {
            ResponseParameters = { new ResponseParameters { Size = 1, IntervalUs = 1_800_000_000 } },
        };

        using var response = await PostAsync(server, "StreamingOutputCall", request, ("grpc-timeout", "50m"));

        Assert.Equal("4", StatusOf(response));
    }

    [Fact]
    public async Task Deadline_WithAHandlerThatDoesNotListen_EndsTheCallAllTheSame()
    {
        await using var server = await InteropServer.StartAsync();
        var patient = new GrpcChannelOptions { ServiceProvider = new ClientWithoutTimers() };
        using var channel = GrpcChannel.ForAddress(server.Address, patient);
        var deadline = TimeProvider.System.GetUtcNow().AddMilliseconds(200).UtcDateTime;
        using var call = new TestService.TestServiceClient(channel).FullDuplexCall(deadline: deadline);

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().WaitAsync(Limit));

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
    }

    [Fact]
    public async Task Stream_LongerThanKestrelsBodyLimit_IsTaken()
    {
        const int Size = 3 * 1024 * 1024;
        const int Count = 12;
        await using var server = await InteropServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address);
        using var call = new TestService.TestServiceClient(channel).StreamingInputCall();
        var payload = new Payload { Body = ByteString.CopyFrom(new byte[Size]) };
        var message = new StreamingInputCallRequest { Payload = payload };
        for (var i = 0; i < Count; i++)
        {
            await call.RequestStream.WriteAsync(message).WaitAsync(Limit);
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal(Size * Count, (await call.ResponseAsync.WaitAsync(Limit)).AggregatedPayloadSize);
    }

    [Fact]
    public async Task Channel_AfterItsServerWasAway_WorksAgain()
    {
        var first = await InteropServer.StartAsync();
        var port = first.Address.Port;
        using var channel = GrpcChannel.ForAddress(first.Address);
        var client = new TestService.TestServiceClient(channel);
        await client.EmptyCallAsync(new Empty()).ResponseAsync.WaitAsync(Limit);
        await first.DisposeAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => client.EmptyCallAsync(new Empty()).ResponseAsync.WaitAsync(Limit));
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);

        await using var second = await InteropServer.StartAsync(port: port);
        await client.EmptyCallAsync(new Empty()).ResponseAsync.WaitAsync(Limit);
    }

    [Fact]
    public async Task Streams_BeyondAConnectionsHundred_AreOpenAtTheSameTime()
    {
        await using var server = await InteropServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address);
        var client = new TestService.TestServiceClient(channel);

        var calls = Enumerable.Range(0, 150).Select(_ => client.FullDuplexCall()).ToList();
        await Task.WhenAll(calls.Select(async call =>
        {
            await call.RequestStream.WriteAsync(OneByte);
            Assert.True(await call.ResponseStream.MoveNext());
        })).WaitAsync(Limit);

        calls.ForEach(call => call.Dispose());
    }

    private static async Task<HttpResponseMessage> PostAsync(
        InteropServer server, string method, IMessage message, (string Name, string Value) header)
    {
        var payload = message.ToByteArray();
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        var address = new Uri(server.Address, $"/grpc.testing.TestService/{method}");
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, (byte)payload.Length, .. payload]),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.Add(header.Name, header.Value);
        var response = await http.SendAsync(request, CancellationToken.None).WaitAsync(Limit);
        await response.Content.LoadIntoBufferAsync().WaitAsync(Limit);
        return response;
    }

    private static string StatusOf(HttpResponseMessage response)
    {
        var source = response.Headers.Contains("grpc-status") ? response.Headers : response.TrailingHeaders;
        return source.GetValues("grpc-status").Single();
    }

    /// <summary>Lets a client name a deadline to the server that it does not keep itself.</summary>
    private sealed class ClientWithoutTimers : TimeProvider, IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(TimeProvider) ? this : null;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
