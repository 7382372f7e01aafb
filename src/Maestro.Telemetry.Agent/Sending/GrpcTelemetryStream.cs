using Grpc.Core;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

internal sealed class GrpcTelemetryStream(AsyncDuplexStreamingCall<StreamRequest, StreamResponse> call)
    : ITelemetryStream
{
    public async Task WriteAsync(StreamRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await call.RequestStream.WriteAsync(request, cancellationToken);
        }
        catch (RpcException e)
        {
            throw Failure(e);
        }
        catch (InvalidOperationException e)
        {
            // The official client says this, too, when it is asked to write to a call that has ended.
            throw new StreamFailedException(nameof(StatusCode.Unavailable), rejected: false, e.Message, e);
        }
    }

    public async Task CompleteAsync()
    {
        try
        {
            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException e)
        {
            throw Failure(e);
        }
    }

    public async Task<StreamResponse?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await call.ResponseStream.MoveNext(cancellationToken) ? call.ResponseStream.Current : null;
        }
        catch (RpcException e)
        {
            throw Failure(e);
        }
    }

    public ValueTask DisposeAsync()
    {
        call.Dispose();
        return ValueTask.CompletedTask;
    }

    private static StreamFailedException Failure(RpcException e) =>
        new(e.StatusCode.ToString(), IsRejection(e.StatusCode), e.Status.Detail, e);

    // What the collector decided about this agent, against what befell the connection.
    private static bool IsRejection(StatusCode code) => code is StatusCode.InvalidArgument or StatusCode.AlreadyExists
        or StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.NotFound
        or StatusCode.FailedPrecondition or StatusCode.OutOfRange or StatusCode.Unimplemented
        or StatusCode.Aborted;
}
