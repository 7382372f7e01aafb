using Grpc.Core;
using Grpc.Net.Client;
using Maestro.Telemetry.Protocol.Otlp;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>One channel to an OTLP receiver.</summary>
internal sealed class OtlpGrpcLane(Uri address, OtlpEncoder encoder) : EncodedLane(encoder)
{
    private static readonly Method<byte[], ExportMetricsServiceResponse> Export = new(
        MethodType.Unary,
        "opentelemetry.proto.collector.metrics.v1.MetricsService",
        "Export",
        new Marshaller<byte[]>(bytes => bytes, _ => throw new NotSupportedException()),
        new Marshaller<ExportMetricsServiceResponse>(
            _ => throw new NotSupportedException(), ExportMetricsServiceResponse.Parser.ParseFrom));

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(address);

    public override ValueTask DisposeAsync()
    {
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async Task<string?> TrySendAsync(byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            using var call = _channel.CreateCallInvoker().AsyncUnaryCall(
                Export, null, new CallOptions(cancellationToken: cancellationToken), body);
            var response = await call.ResponseAsync;
            return response.PartialSuccess is { RejectedDataPoints: > 0 } refused
                ? throw new InvalidOperationException($"OTLP points were refused: {refused.ErrorMessage}")
                : null;
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.ResourceExhausted or StatusCode.Unavailable)
        {
            return e.Status.Detail;
        }
    }
}
