using Grpc.Core;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

/// <summary>Streams over gRPC.</summary>
internal sealed class GrpcTelemetryTransport(CallInvoker invoker) : ITelemetryTransport
{
    private readonly TelemetryCollector.TelemetryCollectorClient _client = new(invoker);

    public ITelemetryStream Open(CancellationToken cancellationToken) =>
        new GrpcTelemetryStream(_client.Stream(cancellationToken: cancellationToken));
}
