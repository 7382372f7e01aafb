using System.Threading.Channels;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>
/// How much a sender may have unacknowledged. A commit may come after the stream has ended, so that this, unlike a
/// semaphore, has nothing to dispose of.
/// </summary>
internal sealed class SendWindow(int size)
{
    private readonly Channel<bool> _taken = Channel.CreateBounded<bool>(size);

    /// <summary>Waits for a place.</summary>
    public ValueTask TakeAsync(CancellationToken cancellationToken) => _taken.Writer.WriteAsync(true, cancellationToken);

    public void Release() => _taken.Reader.TryRead(out _);

    /// <summary>Waits until nothing is unacknowledged, by taking every place.</summary>
    public async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < size; i++)
        {
            await TakeAsync(cancellationToken);
        }
    }
}
