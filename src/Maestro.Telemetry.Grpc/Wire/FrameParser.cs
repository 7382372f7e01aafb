using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace Grpc.Net.Wire;

/// <summary>Cuts messages out of a byte stream: one byte of flags, four of length, then the payload.</summary>
internal static class FrameParser
{
    public const int HeaderSize = 5;

    /// <summary>
    /// Takes one whole frame off the front of <paramref name="buffer"/>; false when it has not all arrived.
    /// </summary>
    /// <param name="maxSize">The largest payload to accept, in bytes; null for any.</param>
    /// <exception cref="RpcException">The header is wrong, or announces more than allowed.</exception>
    public static bool TryRead(
        ref ReadOnlySequence<byte> buffer,
        int? maxSize,
        out bool compressed,
        out ReadOnlySequence<byte> payload)
    {
        compressed = false;
        payload = default;
        if (buffer.Length < HeaderSize)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderSize];
        buffer.Slice(0, HeaderSize).CopyTo(header);
        compressed = header[0] switch
        {
            0 => false,
            1 => true,
            var flag => throw new RpcException(new Status(
                StatusCode.Internal, $"A message starts with flag {flag}; only 0 and 1 exist.")),
        };
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > (uint)(maxSize ?? int.MaxValue))
        {
            throw MessageSize.ReceivedTooLarge(length, maxSize ?? int.MaxValue);
        }

        if (buffer.Length - HeaderSize < length)
        {
            return false;
        }

        payload = buffer.Slice(HeaderSize, length);
        buffer = buffer.Slice(payload.End);
        return true;
    }
}
