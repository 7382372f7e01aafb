using Grpc.Core;
using Maestro.Telemetry.Protocol.Otlp;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Receivers.Intake;
using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Server.Receivers.Otlp;

/// <summary>OTLP over gRPC.</summary>
internal sealed class OtlpMetricsService(PointReceiver receiver) : OtlpMetricsServiceBase
{
    public override async Task<ExportMetricsServiceResponse> Export(byte[] request, ServerCallContext context)
    {
        var answer = await receiver.ReceiveAsync(
            "otlp_grpc",
            context.GetHttpContext().Caller,
            intake => new OtlpReader<KnownSeries>(intake).Read(request),
            context.CancellationToken);
        return answer.Verdict == ReceiverVerdict.Committed
            ? OtlpErrors.Response(answer)
            : throw OtlpErrors.Exception(answer);
    }
}
