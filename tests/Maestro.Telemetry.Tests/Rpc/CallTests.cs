using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;

namespace Maestro.Telemetry.Tests.Rpc;

public sealed class CallTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task AllFourKinds_CarryTheirMessages()
    {
        await using var server = await EchoServer.StartAsync();

        var unary = await server.UnaryAsync("one");
        Assert.Equal("one", unary);

        using var upload = server.Invoker.AsyncClientStreamingCall(EchoService.UploadMethod, null, default);
        await upload.RequestStream.WriteAsync("a");
        await upload.RequestStream.WriteAsync("b");
        await upload.RequestStream.CompleteAsync();
        Assert.Equal("ab", await upload.ResponseAsync.WaitAsync(Limit));

        using var download = server.Invoker.AsyncServerStreamingCall(EchoService.DownloadMethod, null, default, "xyz");
        var characters = download.ResponseStream.ReadAllAsync().ToListAsync().AsTask();
        Assert.Equal(["x", "y", "z"], await characters.WaitAsync(Limit));

        using var duplex = server.Invoker.AsyncDuplexStreamingCall(EchoService.DuplexMethod, null, default);
        await duplex.RequestStream.WriteAsync("ping");
        Assert.True(await duplex.ResponseStream.MoveNext().WaitAsync(Limit));
        Assert.Equal("ping", duplex.ResponseStream.Current);
        await duplex.RequestStream.CompleteAsync();
        Assert.False(await duplex.ResponseStream.MoveNext().WaitAsync(Limit));
        Assert.Equal(Status.DefaultSuccess, duplex.GetStatus());
    }

    [Fact]
    public void Blocking_UnaryCall_ReturnsTheResponse()
    {
        using var server = new BlockingServer();

        Assert.Equal("one", server.Echo.Invoker.BlockingUnaryCall(EchoService.UnaryMethod, null, default, "one"));
    }

    [Fact]
    public async Task Handler_ThatThrowsAStatus_SendsItWithItsTrailers()
    {
        await using var server = await EchoServer.StartAsync();
        server.Handlers.Unary = (_, _) => throw new RpcException(
            new Status(StatusCode.NotFound, "nothing\nthere ☺"),
            new Metadata { { "why", "gone" }, { "raw-bin", [1, 2] } });

        var failure = await FailsAsync(server);

        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
        Assert.Equal("nothing\nthere ☺", failure.Status.Detail);
        Assert.Equal("gone", failure.Trailers.GetValue("why"));
        Assert.Equal([1, 2], failure.Trailers.GetValueBytes("raw-bin"));
    }

    [Theory]
    [InlineData(false, "Exception was thrown by handler.")]
    [InlineData(true, "Exception was thrown by handler. FormatException: secret")]
    public async Task Handler_ThatThrowsAnythingElse_IsUnknownAndTellsOnlyWhenAllowed(bool detailed, string detail)
    {
        await using var server = await EchoServer.StartAsync(options => options.EnableDetailedErrors = detailed);
        server.Handlers.Unary = (_, _) => throw new FormatException("secret");

        var failure = await FailsAsync(server);

        Assert.Equal((StatusCode.Unknown, detail), (failure.StatusCode, failure.Status.Detail));
    }

    [Fact]
    public async Task Handler_ThatSetsAStatus_EndsTheCallWithIt()
    {
        await using var server = await EchoServer.StartAsync();
        server.Handlers.Unary = (request, context) =>
        {
            context.Status = new Status(StatusCode.DataLoss, "half of it");
            return Task.FromResult(request);
        };

        Assert.Equal(StatusCode.DataLoss, (await FailsAsync(server)).StatusCode);
    }

    [Fact]
    public async Task Context_TellsOfTheCall()
    {
        await using var server = await EchoServer.StartAsync();
        server.Handlers.Unary = (request, context) =>
        {
            Assert.Equal("/test.Echo/Unary", context.Method);
            Assert.Equal("localhost", context.Host);
            Assert.Equal("unknown", context.Peer);
            Assert.Equal(DateTime.MaxValue, context.Deadline);
            Assert.False(context.AuthContext.IsPeerAuthenticated);
            Assert.Equal("value", context.RequestHeaders.GetValue("key"));
            Assert.Null(context.RequestHeaders.Get("grpc-accept-encoding"));
            Assert.NotNull(context.GetHttpContext());
            return Task.FromResult(request);
        };
        var options = new CallOptions(new Metadata { { "key", "value" } });

        // What the handler finds wrong would come back as a status.
        await server.UnaryAsync("one", options);
    }

    [Fact]
    public async Task Request_OverTheServersLimit_IsResourceExhausted()
    {
        await using var server = await EchoServer.StartAsync(options => options.MaxReceiveMessageSize = 10);

        Assert.Equal(StatusCode.ResourceExhausted, (await FailsAsync(server, "eleven bytes")).StatusCode);
    }

    [Fact]
    public async Task Response_OverTheClientsLimit_IsResourceExhausted()
    {
        await using var server = await EchoServer.StartAsync(
            configureChannel: options => options.MaxReceiveMessageSize = 10);

        Assert.Equal(StatusCode.ResourceExhausted, (await FailsAsync(server, "eleven bytes")).StatusCode);
    }

    [Fact]
    public async Task SentMessages_OverTheLimitOfEitherSide_AreResourceExhausted()
    {
        await using var server = await EchoServer.StartAsync(
            options => options.MaxSendMessageSize = 5, options => options.MaxSendMessageSize = 10);

        Assert.Equal(StatusCode.ResourceExhausted, (await FailsAsync(server, "seven..")).StatusCode);
        Assert.Equal(StatusCode.ResourceExhausted, (await FailsAsync(server, "eleven bytes")).StatusCode);
    }

    [Fact]
    public async Task Call_ToAnUnknownMethodOrService_IsUnimplemented()
    {
        await using var server = await EchoServer.StartAsync();
        foreach (var (service, name) in new[] { ("test.Echo", "Missing"), ("test.Missing", "Unary") })
        {
            var method = new Method<string, string>(
                MethodType.Unary, service, name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);

            var failure = await Assert.ThrowsAsync<RpcException>(
                () => server.Invoker.AsyncUnaryCall(method, null, default, "one").ResponseAsync.WaitAsync(Limit));

            Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
            Assert.Contains(service, failure.Status.Detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("application/json", "2.0", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/grpc-web", "2.0", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/grpc", "1.1", HttpStatusCode.UpgradeRequired)]
    public async Task Request_ThatIsNoGrpcCall_GetsAnHttpAnswer(
        string contentType, string version, HttpStatusCode expected)
    {
        await using var server = await EchoServer.StartAsync();

        using var response = await PostAsync(server, "/test.Echo/Unary", [], contentType, version);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Post_OfAnotherKindToAnUnknownPath_IsNotTaken()
    {
        await using var server = await EchoServer.StartAsync();

        using var response = await PostAsync(server, "/some/form", [], "application/json", "2.0");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData(0, "12")]
    [InlineData(1, "0")]
    [InlineData(2, "12")]
    public async Task UnaryRequest_HasExactlyOneMessage(int messages, string status)
    {
        await using var server = await EchoServer.StartAsync();
        byte[] body = [.. Enumerable.Repeat(Frames.Of("a"u8), messages).SelectMany(frame => frame)];

        using var response = await PostAsync(server, "/test.Echo/Unary", body, "application/grpc", "2.0");

        Assert.Equal(status, await StatusAsync(response));
    }

    [Fact]
    public async Task Request_WithAnUnknownEncoding_IsUnimplementedAndToldOfTheKnownOnes()
    {
        await using var server = await EchoServer.StartAsync();

        using var response = await PostAsync(
            server, "/test.Echo/Unary", Frames.Of([]), "application/grpc", "2.0", ("grpc-encoding", "deflate"));

        Assert.Equal("12", await StatusAsync(response));
        Assert.Equal("identity,gzip", response.Headers.GetValues("grpc-accept-encoding").Single());
    }

    [Fact]
    public async Task Requests_OfRandomBytes_FailTheirCallAndNothingElse()
    {
        await using var server = await EchoServer.StartAsync();
        var random = new Random(4711);
        foreach (var method in new[] { "Unary", "Upload", "Download", "Duplex" })
        {
            for (var round = 0; round < 50; round++)
            {
                var body = new byte[random.Next(1, 40)];
                random.NextBytes(body);
                body[0] |= 2;

                using var response = await PostAsync(server, $"/test.Echo/{method}", body, "application/grpc", "2.0");

                Assert.Equal("13", await StatusAsync(response));
            }
        }

        await server.UnaryAsync("one");
    }

    [Fact]
    public async Task Gzip_WhenAskedForByBothSides_CompressesEachWay()
    {
        await using var server = await EchoServer.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        server.Handlers.Unary = (request, context) =>
        {
            Assert.Equal("gzip", context.GetHttpContext().Request.Headers["grpc-encoding"]);
            return Task.FromResult(request);
        };
        var text = new string('a', 100_000);
        var options = new CallOptions(new Metadata { { "grpc-internal-encoding-request", "gzip" } });

        var response = await server.UnaryAsync(text, options);

        Assert.Equal(text, response);
    }

    [Fact]
    public async Task Response_ToAClientThatAcceptsNoCompression_IsPlain()
    {
        await using var server = await EchoServer.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");

        using var response = await PostAsync(server, "/test.Echo/Unary", Frames.Of("a"u8), "application/grpc", "2.0");

        Assert.False(response.Headers.Contains("grpc-encoding"));
        Assert.Equal(Frames.Of("a"u8), await response.Content.ReadAsByteArrayAsync().WaitAsync(Limit));
    }

    private static async Task<RpcException> FailsAsync(EchoServer server, string request = "one") =>
        await Assert.ThrowsAsync<RpcException>(
            () => server.UnaryAsync(request));

    private static async Task<HttpResponseMessage> PostAsync(
        EchoServer server,
        string path,
        byte[] body,
        string contentType,
        string version,
        params (string, string)[] headers)
    {
        using var http = server.Http;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://localhost{path}")
        {
            Version = Version.Parse(version),
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await http.SendAsync(request, CancellationToken.None).WaitAsync(Limit);
    }

    private static async Task<string> StatusAsync(HttpResponseMessage response)
    {
        await response.Content.ReadAsByteArrayAsync().WaitAsync(Limit);
        var source = response.Headers.Contains("grpc-status") ? response.Headers : response.TrailingHeaders;
        return source.GetValues("grpc-status").Single();
    }

    private sealed class BlockingServer : IDisposable
    {
        public EchoServer Echo { get; } = Task.Run(() => EchoServer.StartAsync()).GetAwaiter().GetResult();

        public void Dispose() => Task.Run(() => Echo.DisposeAsync().AsTask()).GetAwaiter().GetResult();
    }
}
