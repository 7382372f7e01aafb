using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>Turns what broke below a call into a status.</summary>
internal static class TransportErrors
{
    // HTTP/2 error codes: RFC 9113, section 7; their meaning for calls: gRPC over HTTP/2, "Errors".
    private const long RefusedStream = 0x7;
    private const long Cancel = 0x8;
    private const long EnhanceYourCalm = 0xb;
    private const long InadequateSecurity = 0xc;

    public static Status ToStatus(Exception exception) => exception switch
    {
        RpcException rpc => rpc.Status,
        OperationCanceledException => new Status(StatusCode.Cancelled, "The call was cancelled.", exception),
        _ => new Status(Code(exception), $"The call broke: {Innermost(exception).Message}", exception),
    };

    private static StatusCode Code(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is HttpProtocolException protocol)
            {
                return protocol.ErrorCode switch
                {
                    RefusedStream => StatusCode.Unavailable,
                    Cancel => StatusCode.Cancelled,
                    EnhanceYourCalm => StatusCode.ResourceExhausted,
                    InadequateSecurity => StatusCode.PermissionDenied,
                    _ => StatusCode.Internal,
                };
            }
        }

        return exception is HttpRequestException or IOException or ObjectDisposedException
            ? StatusCode.Unavailable
            : StatusCode.Internal;
    }

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }
}
