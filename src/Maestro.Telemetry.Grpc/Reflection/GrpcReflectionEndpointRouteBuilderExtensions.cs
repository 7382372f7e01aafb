using Grpc.Reflection;
using Grpc.Reflection.Internal;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the gRPC reflection service.</summary>
public static class GrpcReflectionEndpointRouteBuilderExtensions
{
    /// <summary>Maps <c>grpc.reflection.v1</c>, and <c>v1alpha</c> for clients that ask for that.</summary>
    /// <returns>What holds for both, so that authorization can't miss one.</returns>
    public static GrpcServiceEndpointConventionBuilder MapGrpcReflectionService(this IEndpointRouteBuilder builder) =>
        new([builder.MapGrpcService<ReflectionServiceImpl>(), builder.MapGrpcService<ReflectionV1AlphaService>()]);
}
