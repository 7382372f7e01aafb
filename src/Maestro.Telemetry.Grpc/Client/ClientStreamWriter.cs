using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>The requests of a streaming call.</summary>
internal sealed class ClientStreamWriter<TRequest, TResponse>(ClientCall<TRequest, TResponse> call, PushContent content)
    : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    // What a broken write waits for the server's own word on why.
    private static readonly TimeSpan WordOfServer = TimeSpan.FromSeconds(1);

    private MessageFramer<TRequest>? _framer;
    private int _writing;

    public WriteOptions? WriteOptions { get; set; } = call.Options.WriteOptions;

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (Interlocked.Exchange(ref _writing, 1) != 0)
        {
            throw new InvalidOperationException("The write before this one has not completed.");
        }

        try
        {
            await using var registration = cancellationToken.UnsafeRegister(
                static state => ((ClientCall<TRequest, TResponse>)state!).Cancel(), call);
            await WriteCoreAsync(message);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    public Task CompleteAsync()
    {
        content.Complete();
        if (Volatile.Read(ref _writing) == 0)
        {
            _framer?.Dispose();
        }

        return Task.CompletedTask;
    }

    private async Task WriteCoreAsync(TRequest message)
    {
        if (content.IsComplete)
        {
            throw call.EndedAsync is { IsCompletedSuccessfully: true } && await call.EndedAsync is { } failure
                ? failure
                : new InvalidOperationException("Can't write: the call or its request stream is complete.");
        }

        var flags = (WriteOptions ?? WriteOptions.Default).Flags;
        try
        {
            _framer ??= call.CreateFramer();
            var frame = _framer.Frame(message, compress: (flags & WriteFlags.NoCompress) == 0);
            var stream = await content.StreamAsync;
            await stream.WriteAsync(frame, call.CutToken);
            if ((flags & WriteFlags.BufferHint) == 0)
            {
                await stream.FlushAsync(call.CutToken);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            var end = call.EndedAsync;
            await Task.WhenAny(end, Task.Delay(WordOfServer, call.Time, call.CutToken));
            throw !end.IsCompletedSuccessfully
                ? call.Failure(e)
                : (Exception?)await end ?? new InvalidOperationException("The server ended the call before it took all.");
        }
        catch (RpcException e)
        {
            throw call.Failure(e);
        }
    }
}
