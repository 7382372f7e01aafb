using System.Net;

namespace Grpc.Net.Client.Internal;

/// <summary>A request body that stays open until the call says it is complete.</summary>
internal sealed class PushContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where frames are written; cancelled when the call ends before it was connected.</summary>
    public Task<Stream> StreamAsync => _stream.Task;

    public bool IsComplete => _complete.Task.IsCompleted;

    /// <summary>Ends the body; without this the request would never be released.</summary>
    public void Complete()
    {
        _complete.TrySetResult();
        _stream.TrySetCanceled();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // The headers leave now: the server may have something to say before the first message.
        await stream.FlushAsync(cancellationToken);
        if (!_stream.TrySetResult(stream) && !IsComplete)
        {
            throw new IOException("A stream of messages can't be sent a second time.");
        }

        await _complete.Task.WaitAsync(cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
