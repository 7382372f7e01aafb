namespace Grpc.Core;

/// <summary>Messages that are sent one after another; one write at a time.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>How the next messages are written; null for the call's default.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Sends a message; done when the connection has taken it, for which the peer may have to read.</summary>
    Task WriteAsync(T message);

    /// <summary>As <see cref="WriteAsync(T)"/>; gives up when <paramref name="cancellationToken"/> says so.</summary>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            throw new NotSupportedException("This writer takes no cancellation token.");
        }

        return WriteAsync(message);
    }
}
