using Grpc.AspNetCore.Server.Internal;
using Grpc.Reflection;
using Grpc.Reflection.Internal;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the gRPC reflection service.</summary>
public static class GrpcReflectionServiceExtensions
{
    /// <summary>Services mapped before the first question are told of.</summary>
    public static IServiceCollection AddGrpcReflection(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddGrpc();
        services.TryAddSingleton(provider =>
            new ReflectionServiceImpl(MappedServices.Describe(provider.GetRequiredService<ServiceRegistry>())));
        return services;
    }
}
