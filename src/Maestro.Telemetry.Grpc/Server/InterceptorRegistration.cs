using Grpc.AspNetCore.Server.Internal;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server;

/// <summary>A type of interceptor, made anew for each call unless it is registered with the container.</summary>
public class InterceptorRegistration
{
    private readonly Activator<Interceptor> _activator;

    internal InterceptorRegistration(Type type, object[] arguments)
    {
        Type = type;
        Arguments = arguments;
        _activator = new Activator<Interceptor>(type, arguments);
    }

    public Type Type { get; }

    public IReadOnlyList<object> Arguments { get; }

    internal Lease<Interceptor> Lease(IServiceProvider services) => _activator.Lease(services);
}
