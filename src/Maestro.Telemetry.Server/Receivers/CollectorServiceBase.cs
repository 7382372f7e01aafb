using Grpc.Core;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>The methods of the TelemetryCollector service, in place of the generated base.</summary>
[BindServiceMethod(typeof(CollectorBinding), nameof(CollectorBinding.BindService))]
internal abstract class CollectorServiceBase
{
    public abstract Task Stream(
        IAsyncStreamReader<ReceivedRequest> requestStream,
        IServerStreamWriter<StreamResponse> responseStream,
        ServerCallContext context);

    public abstract Task<ExportResponse> Export(ExportRequest request, ServerCallContext context);
}
