using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

internal sealed class ServerStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, CallSettings settings, ServerStreamingServerMethod<TRequest, TResponse> handler)
    : CallHandler(method, settings)
    where TRequest : class
    where TResponse : class
{
    private readonly Method<TRequest, TResponse> _method = method;

    protected override async Task HandleAsync(HttpServerCallContext call)
    {
        var request = await ReadSingleAsync(call, _method.RequestMarshaller);
        using var responses = new HttpStreamWriter<TResponse>(call, _method.ResponseMarshaller);
        await handler(request, responses, call);
    }
}
