using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Maestro.Telemetry.Tests.Rpc;

public sealed class InterceptorTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task ServerInterceptors_AreCalledInTheirOrder()
    {
        await using var server = await EchoServer.StartAsync(options =>
        {
            options.Interceptors.Add<Bracket>("<");
            options.Interceptors.Add<Bracket>("[");
        });

        var response = await server.UnaryAsync("one");

        Assert.Equal("<[one", response);
    }

    [Fact]
    public async Task ServerInterceptor_ThatThrowsAStatus_EndsTheCall()
    {
        await using var server = await EchoServer.StartAsync(options => options.Interceptors.Add<Refusal>());

        var failure = await Assert.ThrowsAsync<RpcException>(() => server.UnaryAsync("one"));

        Assert.Equal(StatusCode.PermissionDenied, failure.StatusCode);
    }

    [Fact]
    public async Task ClientInterceptors_AreCalledInTheirOrder()
    {
        await using var server = await EchoServer.StartAsync();
        var invoker = server.Channel.Intercept(new Bracket("<"), new Bracket("["));

        var response = await invoker
            .AsyncUnaryCall(EchoService.UnaryMethod, null, default, "one").ResponseAsync.WaitAsync(Limit);

        // The last to be called is the last to change the request.
        Assert.Equal("[<one", response);
    }

    [Fact]
    public async Task ClientInterceptor_OfHeaders_AddsToEachCall()
    {
        await using var server = await EchoServer.StartAsync();
        server.Handlers.Unary = (_, context) => Task.FromResult(context.RequestHeaders.GetValue("token")!);
        var invoker = server.Channel.Intercept(headers =>
        {
            headers.Add("token", "value");
            return headers;
        });

        Assert.Equal("value", await invoker
            .AsyncUnaryCall(EchoService.UnaryMethod, null, default, "one").ResponseAsync.WaitAsync(Limit));
    }

    private sealed class Bracket(string bracket) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
            continuation((TRequest)(object)(bracket + request), context);

        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            (TResponse)(object)(bracket + await continuation(request, context));
    }

    private sealed class Refusal : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            throw new RpcException(new Status(StatusCode.PermissionDenied, "no"));
    }
}
