using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Maestro.Telemetry.Protocol.GoogleRpc;
using Maestro.Telemetry.Protocol.Otlp;
using Maestro.Telemetry.Server.Receivers.Intake;
using RpcStatus = Maestro.Telemetry.Protocol.GoogleRpc.Status;
using Status = Grpc.Core.Status;

namespace Maestro.Telemetry.Server.Receivers.Otlp;

/// <summary>Answers in OTLP's words (https://opentelemetry.io/docs/specs/otlp/#failures).</summary>
internal static class OtlpErrors
{
    private const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>The response when points were taken; it names those that were refused.</summary>
    public static ExportMetricsServiceResponse Response(ReceiverAnswer answer)
    {
        var response = new ExportMetricsServiceResponse();
        if (answer.Refused > 0)
        {
            response.PartialSuccess = new ExportMetricsPartialSuccess
            {
                RejectedDataPoints = answer.Refused,
                ErrorMessage = answer.Message,
            };
        }

        return response;
    }

    /// <summary>The error, with how long to wait when it is worth trying again.</summary>
    public static RpcStatus Describe(ReceiverAnswer answer)
    {
        var status = new RpcStatus { Code = (int)CodeOf(answer.Verdict), Message = answer.Message };
        if (answer.RetryAfter > TimeSpan.Zero)
        {
            // Without it, a sender takes RESOURCE_EXHAUSTED for an error that stays.
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(answer.RetryAfter) }));
        }

        return status;
    }

    public static RpcException Exception(ReceiverAnswer answer) => new(
        new Status(CodeOf(answer.Verdict), answer.Message),
        new Metadata { { DetailsTrailer, Describe(answer).ToByteArray() } });

    private static StatusCode CodeOf(ReceiverVerdict verdict) => verdict switch
    {
        ReceiverVerdict.Committed => StatusCode.OK,
        ReceiverVerdict.Busy or ReceiverVerdict.TooLarge => StatusCode.ResourceExhausted,
        ReceiverVerdict.Unavailable => StatusCode.Unavailable,
        _ => StatusCode.InvalidArgument,
    };
}
