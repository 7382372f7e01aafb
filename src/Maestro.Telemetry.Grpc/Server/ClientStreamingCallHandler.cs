using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

internal sealed class ClientStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, CallSettings settings, ClientStreamingServerMethod<TRequest, TResponse> handler)
    : CallHandler(method, settings)
    where TRequest : class
    where TResponse : class
{
    private readonly Method<TRequest, TResponse> _method = method;

    protected override async Task HandleAsync(HttpServerCallContext call)
    {
        using var requests = new HttpStreamReader<TRequest>(call, _method.RequestMarshaller);
        WriteSingle(call, _method.ResponseMarshaller, await handler(requests, call));
    }
}
