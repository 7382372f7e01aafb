using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

internal sealed class UnaryCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, CallSettings settings, UnaryServerMethod<TRequest, TResponse> handler)
    : CallHandler(method, settings)
    where TRequest : class
    where TResponse : class
{
    private readonly Method<TRequest, TResponse> _method = method;

    protected override async Task HandleAsync(HttpServerCallContext call)
    {
        var request = await ReadSingleAsync(call, _method.RequestMarshaller);
        WriteSingle(call, _method.ResponseMarshaller, await handler(request, call));
    }
}
