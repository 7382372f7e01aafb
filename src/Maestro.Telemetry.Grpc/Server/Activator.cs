using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Gets instances from the container, or makes them with what the container has.</summary>
internal sealed class Activator<T>(Type type, object[] arguments)
    where T : class
{
    // Not before it is needed: what the container makes may have constructors that say nothing to this.
    private readonly Lazy<ObjectFactory> _factory = new(() =>
        ActivatorUtilities.CreateFactory(type, [.. arguments.Select(argument => argument.GetType())]));

    public Lease<T> Lease(IServiceProvider services) =>
        arguments.Length == 0 && services.GetService(type) is T shared
            ? new Lease<T>(shared, owned: false)
            : new Lease<T>((T)_factory.Value(services, arguments), owned: true);
}
