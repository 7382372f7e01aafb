using Grpc.Core;
using Maestro.Telemetry.Protocol.Otlp;

namespace Maestro.Telemetry.Server.Receivers.Otlp;

/// <summary>The method of OTLP's MetricsService, in place of the generated base.</summary>
[BindServiceMethod(typeof(OtlpBinding), nameof(OtlpBinding.BindService))]
internal abstract class OtlpMetricsServiceBase
{
    public abstract Task<ExportMetricsServiceResponse> Export(byte[] request, ServerCallContext context);
}
