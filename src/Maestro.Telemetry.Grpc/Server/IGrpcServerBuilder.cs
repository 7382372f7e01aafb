using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>What <c>AddGrpc</c> hands back to be configured further.</summary>
public interface IGrpcServerBuilder
{
    IServiceCollection Services { get; }
}
