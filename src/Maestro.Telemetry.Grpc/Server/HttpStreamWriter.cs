using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The responses of a streaming call; each is flushed, for somebody waits for it.</summary>
internal sealed class HttpStreamWriter<T>(HttpServerCallContext call, Marshaller<T> marshaller)
    : IServerStreamWriter<T>, IDisposable
    where T : class
{
    private readonly MessageFramer<T> _framer = call.CreateFramer(marshaller);

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return cancellationToken.CanBeCanceled && cancellationToken != call.Lifetime.HandlerToken
            ? WriteLinkedAsync(message, cancellationToken)
            : WriteCoreAsync(message, cancellationToken.CanBeCanceled ? cancellationToken : call.Lifetime.IoToken);
    }

    public void Dispose() => _framer.Dispose();

    private Task WriteCoreAsync(T message, CancellationToken cancellationToken)
    {
        var frame = call.Frame(_framer, message, WriteOptions);
        // The frame is copied to the connection's buffers before the write returns, so the framer is free again.
        var write = call.Response.WriteAsync(frame, cancellationToken);
        return write.IsCompletedSuccessfully ? Task.CompletedTask : write.AsTask();
    }

    private async Task WriteLinkedAsync(T message, CancellationToken cancellationToken)
    {
        using var linked =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.Lifetime.IoToken);
        await WriteCoreAsync(message, linked.Token);
    }
}
