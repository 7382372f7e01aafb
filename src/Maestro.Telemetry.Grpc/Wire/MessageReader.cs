using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Net.Wire;

/// <summary>Reads the messages of one direction of one call, one at a time, from where they were received.</summary>
internal sealed class MessageReader<T>(PipeReader pipe, Func<DeserializationContext, T> deserialize) : IDisposable
    where T : class
{
    private readonly PayloadContext _context = new();
    private PooledBuffer? _inflated;

    /// <summary>Bytes of payload, after decompression, that are accepted; null for any number.</summary>
    public int? MaxSize { get; init; }

    /// <summary>How the peer said it compresses; null when it said it does not.</summary>
    public ICompressionProvider? Encoding { get; set; }

    /// <summary>The next message, or null at the end of the stream.</summary>
    /// <exception cref="RpcException">The bytes are no messages, too large ones, or end within one.</exception>
    public async ValueTask<T?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            var consumed = buffer.Start;
            // When a frame is incomplete all has been examined, or the peer's window would never open again.
            var examined = buffer.End;
            try
            {
                if (FrameParser.TryRead(ref buffer, MaxSize, out var compressed, out var payload))
                {
                    consumed = examined = buffer.Start;
                    return Deserialize(compressed ? Inflate(payload) : payload);
                }

                if (result.IsCompleted)
                {
                    return buffer.IsEmpty
                        ? null
                        : throw new RpcException(new Status(StatusCode.Internal, "The stream ends within a message."));
                }
            }
            finally
            {
                pipe.AdvanceTo(consumed, examined);
            }
        }
    }

    /// <summary>Holds that nothing follows.</summary>
    /// <exception cref="RpcException">Something does: a unary call has one message each way.</exception>
    public async ValueTask ReadEndAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            var surplus = !result.Buffer.IsEmpty;
            pipe.AdvanceTo(result.Buffer.End);
            if (surplus)
            {
                throw new RpcException(new Status(
                    StatusCode.Unimplemented, "More than one message came where the method takes one."));
            }

            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    public void Dispose() => _inflated?.Dispose();

    private T Deserialize(ReadOnlySequence<byte> payload)
    {
        _context.Set(payload);
        try
        {
            return deserialize(_context);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new RpcException(new Status(StatusCode.Internal, $"A message can't be read: {e.Message}", e));
        }
        finally
        {
            _context.Set(default);
        }
    }

    private ReadOnlySequence<byte> Inflate(ReadOnlySequence<byte> payload)
    {
        if (Encoding is null)
        {
            throw new RpcException(new Status(
                StatusCode.Internal, "A message is marked as compressed, but grpc-encoding names no compression."));
        }

        _inflated ??= new PooledBuffer();
        _inflated.Reset();
        Inflation.Inflate(Encoding, payload, _inflated, MaxSize);
        return new ReadOnlySequence<byte>(_inflated.Written);
    }
}
