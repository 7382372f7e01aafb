using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Maestro.Telemetry.Tests.Rpc;

/// <summary>Makes frames, right and wrong ones.</summary>
internal static class Frames
{
    public static byte[] Of(ReadOnlySpan<byte> payload, byte flag = 0)
    {
        var frame = new byte[5 + payload.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), payload.Length);
        payload.CopyTo(frame.AsSpan(5));
        return frame;
    }

    public static byte[] Gzip(byte[] payload)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(payload);
        }

        return target.ToArray();
    }

    /// <summary>The bytes in pieces of <paramref name="size"/>, as a network delivers them.</summary>
    public static ReadOnlySequence<byte> InPieces(byte[] bytes, int size)
    {
        Piece? first = null;
        Piece? last = null;
        foreach (var chunk in bytes.Chunk(size))
        {
            last = new Piece(chunk, last);
            first ??= last;
        }

        return first is null ? ReadOnlySequence<byte>.Empty : new(first, 0, last!, last!.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, Piece? before)
        {
            Memory = bytes;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
