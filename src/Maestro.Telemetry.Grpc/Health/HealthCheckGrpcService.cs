using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.Extensions.Hosting;

namespace Grpc.AspNetCore.HealthChecks.Internal;

/// <summary>The health service over ASP.NET Core's health checks.</summary>
internal sealed class HealthCheckGrpcService(
    HealthServiceImpl watched, HealthCheckStatuses statuses, IHostApplicationLifetime lifetime)
    : Health.V1.Health.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        await statuses.CheckAsync(request.Service, context.CancellationToken) is { } status
            ? new HealthCheckResponse { Status = status }
            : throw new RpcException(new Status(
                StatusCode.NotFound, $"The health of service '{request.Service}' is not known here."));

    /// <summary>Reports until the client goes; the last word of a stopping server is that it does not serve.</summary>
    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        await statuses.CheckAsync(request.Service, context.CancellationToken);
        try
        {
            await watched.Watch(request, responseStream, context);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await responseStream.WriteAsync(
                new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.NotServing });
        }
    }
}
