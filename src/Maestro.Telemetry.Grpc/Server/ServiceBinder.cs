using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Makes an endpoint of each method of a service.</summary>
internal sealed class ServiceBinder<TService>(IEndpointRouteBuilder builder, ServiceRegistry registry)
    : ServiceBinderBase
    where TService : class
{
    private readonly CallSettings _settings = CallSettings.For<TService>(builder.ServiceProvider);
    private readonly Activator<TService> _activator = new(typeof(TService), []);

    public List<IEndpointConventionBuilder> Endpoints { get; } = [];

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
        Map(method, new UnaryCallHandler<TRequest, TResponse>(
            method,
            _settings,
            Pipelines.Unary<TService, TRequest, TResponse>(method, _activator, _settings)));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
        Map(method, new ClientStreamingCallHandler<TRequest, TResponse>(
            method,
            _settings,
            Pipelines.ClientStreaming<TService, TRequest, TResponse>(method, _activator, _settings)));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        Map(method, new ServerStreamingCallHandler<TRequest, TResponse>(
            method,
            _settings,
            Pipelines.ServerStreaming<TService, TRequest, TResponse>(method, _activator, _settings)));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        Map(method, new DuplexStreamingCallHandler<TRequest, TResponse>(
            method,
            _settings,
            Pipelines.DuplexStreaming<TService, TRequest, TResponse>(method, _activator, _settings)));

    private void Map(IMethod method, CallHandler handler)
    {
        registry.Add(method.ServiceName, typeof(TService));
        var endpoint = builder.Map(RoutePatternFactory.Parse(method.FullName), handler.InvokeAsync);
        endpoint.Add(b =>
        {
            b.DisplayName = $"gRPC - {method.FullName}";
            b.Metadata.Add(new GrpcMethodMetadata(typeof(TService), method));
            b.Metadata.Add(new HttpMethodMetadata([HttpMethods.Post]));
            foreach (var attribute in HandlerAttributes(method))
            {
                b.Metadata.Add(attribute);
            }
        });
        Endpoints.Add(endpoint);
    }

    /// <summary>Attributes such as [Authorize] of service and handler; the handler's win, so they come last.</summary>
    private static IEnumerable<object> HandlerAttributes(IMethod method) =>
        typeof(TService).GetCustomAttributes(inherit: true).Concat(
            typeof(TService).GetMethods()
                .Where(m => m.Name == method.Name && m.GetParameters() is [.., { ParameterType: var last }]
                    && last == typeof(ServerCallContext))
                .SelectMany(m => m.GetCustomAttributes(inherit: true)));
}
