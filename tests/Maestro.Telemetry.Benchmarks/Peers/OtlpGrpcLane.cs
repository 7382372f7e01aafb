using Grpc.Core;
using Grpc.Net.Client;
using Maestro.Telemetry.Protocol.Otlp;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>One channel to an OTLP receiver.</summary>
internal sealed class OtlpGrpcLane(Uri address, OtlpEncoder encoder) : ILane
{
    private static readonly TimeSpan ComeBack = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly Method<byte[], ExportMetricsServiceResponse> Export = new(
        MethodType.Unary,
        "opentelemetry.proto.collector.metrics.v1.MetricsService",
        "Export",
        new Marshaller<byte[]>(bytes => bytes, _ => throw new NotSupportedException()),
        new Marshaller<ExportMetricsServiceResponse>(
            _ => throw new NotSupportedException(), ExportMetricsServiceResponse.Parser.ParseFrom));

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(address);

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Func<CancellationToken, Task> Prepare(Block block)
    {
        var body = encoder.Encode(block);
        return cancellationToken => SendAsync(body, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(byte[] body, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var call = _channel.CreateCallInvoker().AsyncUnaryCall(
                    Export, null, new CallOptions(cancellationToken: cancellationToken), body);
                var response = await call.ResponseAsync;
                if (response.PartialSuccess is { RejectedDataPoints: > 0 } refused)
                {
                    throw new InvalidOperationException($"OTLP points were refused: {refused.ErrorMessage}");
                }

                return;
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.ResourceExhausted or StatusCode.Unavailable
                && TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(ComeBack, TimeProvider.System, cancellationToken);
            }
        }
    }
}
