using Grpc.Core;
using Grpc.Net.Client;

namespace Maestro.Telemetry.Tests.Rpc;

public sealed class CredentialsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly CallCredentials Token = CallCredentials.FromInterceptor((context, metadata) =>
    {
        metadata.Add("token", $"{context.ServiceUrl} {context.MethodName}");
        return Task.CompletedTask;
    });

    [Fact]
    public async Task CallCredentials_AddTheirHeaders()
    {
        await using var server = await EchoServer.StartAsync(
            configureChannel: options => options.UnsafeUseInsecureChannelCallCredentials = true);
        server.Handlers.Unary = (_, context) => Task.FromResult(context.RequestHeaders.GetValue("token")!);

        var response = await server.UnaryAsync("one", new CallOptions(credentials: Token));

        Assert.Equal("http://localhost/test.Echo Unary", response);
    }

    [Fact]
    public async Task CallCredentials_InPlainText_AreRefusedUnlessAllowed()
    {
        await using var server = await EchoServer.StartAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => server.UnaryAsync("one", new CallOptions(credentials: Token)));

        Assert.Equal(StatusCode.Unauthenticated, failure.StatusCode);
        Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress(
            "http://localhost",
            new GrpcChannelOptions { Credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, Token) }));
    }

    [Fact]
    public void ChannelCredentials_ThatDoNotMatchTheAddress_AreRefused()
    {
        Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress(
            "http://localhost", new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl }));
        Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress(
            "https://localhost", new GrpcChannelOptions { Credentials = ChannelCredentials.Insecure }));
        Assert.Throws<ArgumentException>(() => GrpcChannel.ForAddress("ftp://localhost"));
    }
}
