using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

internal sealed class DuplexStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, CallSettings settings, DuplexStreamingServerMethod<TRequest, TResponse> handler)
    : CallHandler(method, settings)
    where TRequest : class
    where TResponse : class
{
    private readonly Method<TRequest, TResponse> _method = method;

    protected override async Task HandleAsync(HttpServerCallContext call)
    {
        using var requests = new HttpStreamReader<TRequest>(call, _method.RequestMarshaller);
        using var responses = new HttpStreamWriter<TResponse>(call, _method.ResponseMarshaller);
        await handler(requests, responses, call);
    }
}
