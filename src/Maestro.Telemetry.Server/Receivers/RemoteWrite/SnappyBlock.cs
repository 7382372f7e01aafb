using System.Buffers.Binary;
using Maestro.Telemetry.Server.Receivers.Intake;

namespace Maestro.Telemetry.Server.Receivers.RemoteWrite;

/// <summary>
/// Decodes a Snappy block (https://github.com/google/snappy/blob/main/format_description.txt). Nothing is allocated
/// before the length that the block declares is held against a limit.
/// </summary>
internal static class SnappyBlock
{
    private const int MaxLengthBytes = 5;

    /// <summary>What the block holds.</summary>
    /// <exception cref="RequestTooLargeException">It declares more than <paramref name="limit"/> bytes.</exception>
    /// <exception cref="MalformedRequestException">It is no Snappy block.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> block, int limit)
    {
        var length = ReadLength(ref block);
        if (length > (ulong)limit)
        {
            throw new RequestTooLargeException(FormattableString.Invariant(
                $"The body declares {length} bytes after decompression; at most {limit} are taken: send fewer samples in one request."));
        }

        // Each element of the block has at least one byte and gives at most 64 or its own length.
        if (length > (ulong)block.Length * 64)
        {
            throw Malformed();
        }

        var output = GC.AllocateUninitializedArray<byte>((int)length);
        Fill(block, output);
        return output;
    }

    private static void Fill(ReadOnlySpan<byte> block, Span<byte> output)
    {
        var written = 0;
        while (!block.IsEmpty)
        {
            var tag = block[0];
            block = block[1..];
            var length = (tag & 3) == 0 ? LiteralLength(tag, ref block) : CopyLength(tag);
            if (length > output.Length - written)
            {
                throw Malformed();
            }

            if ((tag & 3) == 0)
            {
                Need(block, length);
                block[..length].CopyTo(output[written..]);
                block = block[length..];
            }
            else
            {
                Copy(output, written, Offset(tag, ref block), length);
            }

            written += length;
        }

        if (written != output.Length)
        {
            throw Malformed();
        }
    }

    private static ulong ReadLength(ref ReadOnlySpan<byte> block)
    {
        var length = 0UL;
        for (var i = 0; i < MaxLengthBytes && i < block.Length; i++)
        {
            length |= (ulong)(block[i] & 0x7F) << (7 * i);
            if (block[i] < 0x80)
            {
                block = block[(i + 1)..];
                return length;
            }
        }

        throw Malformed();
    }

    private static int LiteralLength(byte tag, ref ReadOnlySpan<byte> block)
    {
        var length = tag >> 2;
        if (length < 60)
        {
            return length + 1;
        }

        var bytes = length - 59;
        Need(block, bytes);
        var value = 0U;
        for (var i = 0; i < bytes; i++)
        {
            value |= (uint)block[i] << (8 * i);
        }

        block = block[bytes..];
        return value < int.MaxValue ? (int)value + 1 : throw Malformed();
    }

    private static int CopyLength(byte tag) => (tag & 3) == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;

    private static uint Offset(byte tag, ref ReadOnlySpan<byte> block)
    {
        var bytes = (tag & 3) switch { 1 => 1, 2 => 2, _ => 4 };
        Need(block, bytes);
        var offset = bytes switch
        {
            1 => ((uint)(tag >> 5) << 8) | block[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(block),
            _ => BinaryPrimitives.ReadUInt32LittleEndian(block),
        };
        block = block[bytes..];
        return offset;
    }

    private static void Copy(Span<byte> output, int written, uint offset, int length)
    {
        if (offset == 0 || offset > (uint)written)
        {
            throw Malformed();
        }

        // What is copied may reach into what this very copy writes: then it repeats.
        var from = written - (int)offset;
        if (offset >= (uint)length)
        {
            output.Slice(from, length).CopyTo(output[written..]);
            return;
        }

        for (var i = 0; i < length; i++)
        {
            output[written + i] = output[from + i];
        }
    }

    private static void Need(ReadOnlySpan<byte> block, int length)
    {
        if (block.Length < length)
        {
            throw Malformed();
        }
    }

    private static MalformedRequestException Malformed() =>
        new("The body is no Snappy block; compress it with Snappy's block format, not the framing format.");
}
