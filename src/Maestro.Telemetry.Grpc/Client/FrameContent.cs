using System.Net;

namespace Grpc.Net.Client.Internal;

/// <summary>A request body of one frame, without a length header.</summary>
internal sealed class FrameContent(ReadOnlyMemory<byte> frame) : HttpContent
{
    /// <summary>Whether the frame's memory is no longer in use.</summary>
    public bool Sent { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Sent = false;
        await stream.WriteAsync(frame, cancellationToken);
        Sent = true;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
