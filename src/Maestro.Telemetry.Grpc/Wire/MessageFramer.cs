using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Net.Wire;

/// <summary>Makes frames of the messages of one direction of one call; the buffer serves them all in turn.</summary>
internal sealed class MessageFramer<T>(Action<T, SerializationContext> serialize) : SerializationContext, IDisposable
    where T : class
{
    private readonly PooledBuffer _plain = new();
    private PooledBuffer? _deflated;
    private bool _completed;

    /// <summary>Bytes of payload, before compression, that may be sent; null for any number.</summary>
    public int? MaxSize { get; init; }

    /// <summary>How messages are compressed; null when they are not.</summary>
    public ICompressionProvider? Encoding { get; set; }

    public CompressionLevel? Level { get; init; }

    /// <summary>The frame of <paramref name="message"/>, valid until the next one is made.</summary>
    /// <exception cref="RpcException">The message is larger than allowed, or was not completed.</exception>
    public ReadOnlyMemory<byte> Frame(T message, bool compress)
    {
        _plain.Reset();
        _plain.GetSpan(FrameParser.HeaderSize);
        _plain.Advance(FrameParser.HeaderSize);
        _completed = false;
        serialize(message, this);
        if (!_completed)
        {
            throw new RpcException(new Status(StatusCode.Internal, "The serializer did not complete its message."));
        }

        var size = _plain.Length - FrameParser.HeaderSize;
        if (size > MaxSize)
        {
            throw MessageSize.SentTooLarge(size, MaxSize.Value);
        }

        // GZipStream writes nothing for nothing, which peers refuse; an empty message goes as it is.
        return compress && Encoding is not null && size > 0
            ? Deflate(Encoding, _plain.WrittenSpan[FrameParser.HeaderSize..])
            : Finish(_plain, compressed: false);
    }

    public override void SetPayloadLength(int payloadLength)
    {
        if (payloadLength > MaxSize)
        {
            throw MessageSize.SentTooLarge(payloadLength, MaxSize.Value);
        }

        _plain.Reserve(payloadLength);
    }

    public override IBufferWriter<byte> GetBufferWriter() => _plain;

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        _plain.Write(payload);
        Complete();
    }

    public override void Complete() => _completed = !_completed
        ? true
        : throw new InvalidOperationException("The message is complete already.");

    public void Dispose()
    {
        _plain.Dispose();
        _deflated?.Dispose();
    }

    private static ReadOnlyMemory<byte> Finish(PooledBuffer frame, bool compressed)
    {
        frame.WrittenSpan[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(frame.WrittenSpan[1..], frame.Length - FrameParser.HeaderSize);
        return frame.Written;
    }

    private ReadOnlyMemory<byte> Deflate(ICompressionProvider encoding, ReadOnlySpan<byte> payload)
    {
        _deflated ??= new PooledBuffer();
        _deflated.Reset();
        _deflated.GetSpan(FrameParser.HeaderSize);
        _deflated.Advance(FrameParser.HeaderSize);
        using (var target = new PooledBufferStream(_deflated))
        using (var compressor = encoding.CreateCompressionStream(target, Level))
        {
            compressor.Write(payload);
        }

        return Finish(_deflated, compressed: true);
    }
}
