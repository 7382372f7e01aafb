using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Maestro.Telemetry.Server.Control;

/// <summary>Ends calls that meet an outage with UNAVAILABLE and the reason.</summary>
internal sealed class OutageInterceptor : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        TellAsync(continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        TellAsync(continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        TellAsync(continuation(request, responseStream, context));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        TellAsync(continuation(requestStream, responseStream, context));

    private static async Task TellAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception e) when (e.IsOutage())
        {
            throw new RpcException(new Status(StatusCode.Unavailable, e.Message, e));
        }
    }

    private static async Task<TResponse> TellAsync<TResponse>(Task<TResponse> call)
    {
        await TellAsync((Task)call);
        return await call;
    }
}
