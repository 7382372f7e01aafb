using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Chains a method's interceptors before its handler, once; their instances are made per call.</summary>
internal static class Pipelines
{
    public static UnaryServerMethod<TRequest, TResponse> Unary<TService, TRequest, TResponse>(
        IMethod method, Activator<TService> activator, CallSettings settings)
        where TService : class
        where TRequest : class
        where TResponse : class
    {
        var handler = ServiceBinding.Handler<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>(
            typeof(TService), method.Name);
        UnaryServerMethod<TRequest, TResponse> next = async (request, context) =>
        {
            await using var service = activator.Lease(context.Services());
            return await handler(service.Instance, request, context);
        };
        foreach (var registration in settings.Interceptors.Reverse())
        {
            var continuation = next;
            next = async (request, context) =>
            {
                await using var interceptor = registration.Lease(context.Services());
                return await interceptor.Instance.UnaryServerHandler(request, context, continuation);
            };
        }

        return next;
    }

    public static ClientStreamingServerMethod<TRequest, TResponse> ClientStreaming<TService, TRequest, TResponse>(
        IMethod method, Activator<TService> activator, CallSettings settings)
        where TService : class
        where TRequest : class
        where TResponse : class
    {
        var handler = ServiceBinding
            .Handler<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>(
                typeof(TService), method.Name);
        ClientStreamingServerMethod<TRequest, TResponse> next = async (requests, context) =>
        {
            await using var service = activator.Lease(context.Services());
            return await handler(service.Instance, requests, context);
        };
        foreach (var registration in settings.Interceptors.Reverse())
        {
            var continuation = next;
            next = async (requests, context) =>
            {
                await using var interceptor = registration.Lease(context.Services());
                return await interceptor.Instance.ClientStreamingServerHandler(requests, context, continuation);
            };
        }

        return next;
    }

    public static ServerStreamingServerMethod<TRequest, TResponse> ServerStreaming<TService, TRequest, TResponse>(
        IMethod method, Activator<TService> activator, CallSettings settings)
        where TService : class
        where TRequest : class
        where TResponse : class
    {
        var handler = ServiceBinding
            .Handler<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(
                typeof(TService), method.Name);
        ServerStreamingServerMethod<TRequest, TResponse> next = async (request, responses, context) =>
        {
            await using var service = activator.Lease(context.Services());
            await handler(service.Instance, request, responses, context);
        };
        foreach (var registration in settings.Interceptors.Reverse())
        {
            var continuation = next;
            next = async (request, responses, context) =>
            {
                await using var interceptor = registration.Lease(context.Services());
                await interceptor.Instance.ServerStreamingServerHandler(request, responses, context, continuation);
            };
        }

        return next;
    }

    public static DuplexStreamingServerMethod<TRequest, TResponse> DuplexStreaming<TService, TRequest, TResponse>(
        IMethod method, Activator<TService> activator, CallSettings settings)
        where TService : class
        where TRequest : class
        where TResponse : class
    {
        var handler = ServiceBinding
            .Handler<Func<
                TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(
                typeof(TService), method.Name);
        DuplexStreamingServerMethod<TRequest, TResponse> next = async (requests, responses, context) =>
        {
            await using var service = activator.Lease(context.Services());
            await handler(service.Instance, requests, responses, context);
        };
        foreach (var registration in settings.Interceptors.Reverse())
        {
            var continuation = next;
            next = async (requests, responses, context) =>
            {
                await using var interceptor = registration.Lease(context.Services());
                await interceptor.Instance.DuplexStreamingServerHandler(requests, responses, context, continuation);
            };
        }

        return next;
    }

    private static IServiceProvider Services(this ServerCallContext context) =>
        context.GetHttpContext().RequestServices;
}
