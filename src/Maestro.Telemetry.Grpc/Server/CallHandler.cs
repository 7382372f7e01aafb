using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Runs the calls of one method.</summary>
internal abstract partial class CallHandler(IMethod method, CallSettings settings)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!Preconditions.Met(http))
        {
            return;
        }

        await using var call = new HttpServerCallContext(http, method, settings);
        Status status;
        try
        {
            call.Begin();
            await HandleAsync(call);
            status = call.Lifetime is { DeadlineExceeded: true, Verdict: { } verdict } ? verdict : call.Status;
        }
        catch (Exception e)
        {
            // The edge: whatever a handler throws ends its call and nothing else.
            status = Explain(call, e);
        }

        await call.Response.FinishAsync(status, call.HasTrailers ? call.ResponseTrailers : null);
    }

    protected abstract Task HandleAsync(HttpServerCallContext call);

    /// <summary>Reads the only message of a request, and holds that it is the only one.</summary>
    protected static async Task<T> ReadSingleAsync<T>(HttpServerCallContext call, Marshaller<T> marshaller)
        where T : class
    {
        using var reader = call.CreateReader(marshaller);
        try
        {
            var message = await reader.ReadAsync(call.Lifetime.IoToken)
                ?? throw new RpcException(new Status(StatusCode.Unimplemented, "The request holds no message."));
            await reader.ReadEndAsync(call.Lifetime.IoToken);
            return message;
        }
        catch (IOException e)
        {
            throw Gone(call, e);
        }
    }

    /// <summary>Writes the only message of a response.</summary>
    protected static void WriteSingle<T>(HttpServerCallContext call, Marshaller<T> marshaller, T? message)
        where T : class
    {
        if (message is null)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "The handler returned no message."));
        }

        // A handler may have set a status instead of throwing it; then the message would be dropped by the client.
        if (call.Status.StatusCode == StatusCode.OK)
        {
            using var framer = call.CreateFramer(marshaller);
            call.Response.Write(call.Frame(framer, message, options: null));
        }
    }

    internal static OperationCanceledException Gone(HttpServerCallContext call, IOException cause)
    {
        call.ClientGone = true;
        return new OperationCanceledException("The client reset the call.", cause);
    }

    private Status Explain(HttpServerCallContext call, Exception exception)
    {
        if (call.Lifetime is { DeadlineExceeded: true, Verdict: { } verdict })
        {
            return verdict;
        }

        switch (exception)
        {
            case RpcException rpc:
                foreach (var entry in rpc.Trailers)
                {
                    call.ResponseTrailers.Add(entry);
                }

                LogEnded(method.FullName, rpc.StatusCode, rpc.Status.Detail);
                return rpc.Status;
            case OperationCanceledException when call.Lifetime.Verdict is { } stopped:
                return stopped;
            case OperationCanceledException or IOException
                when call.ClientGone || call.Http.RequestAborted.IsCancellationRequested:
                LogEnded(method.FullName, StatusCode.Cancelled, "the client has gone");
                return Status.DefaultCancelled;
            default:
                LogFailed(method.FullName, exception);
                return new Status(StatusCode.Unknown, settings.EnableDetailedErrors
                    ? $"Exception was thrown by handler. {exception.GetType().Name}: {exception.Message}"
                    : "Exception was thrown by handler.");
        }
    }

    private void LogEnded(string name, StatusCode code, string detail) => LogEnded(settings.Logger, name, code, detail);

    private void LogFailed(string name, Exception exception) => LogFailed(settings.Logger, name, exception);

    [LoggerMessage(901, LogLevel.Debug, "{Method} ended with {Code}: {Detail}")]
    private static partial void LogEnded(ILogger logger, string method, StatusCode code, string detail);

    [LoggerMessage(902, LogLevel.Error, "{Method} failed: its handler threw what it should have turned into a status")]
    private static partial void LogFailed(ILogger logger, string method, Exception exception);
}
