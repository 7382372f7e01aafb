using System.Buffers;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>
/// Reads a StreamRequest. Nearly every one is a batch as every Protobuf library writes it, each field once and packed:
/// its numbers lie as they do in memory and are copied as a whole. Whatever looks different is left to the generated
/// parser, so that there is one opinion on what is valid and what it means.
/// </summary>
internal static class RequestReader
{
    private const int MaxVarintBytes = 10;

    // A tag is the field's number and, in the lowest three bits, how it is encoded.
    private const byte BatchTag = (StreamRequest.BatchFieldNumber << 3) | (int)WireFormat.WireType.LengthDelimited;
    private const byte SequenceTag = (Batch.SequenceFieldNumber << 3) | (int)WireFormat.WireType.Varint;
    private const byte TimesTag = (Batch.TimestampsUnixMsFieldNumber << 3) | (int)WireFormat.WireType.LengthDelimited;
    private const byte ValuesTag = (Batch.ValuesFieldNumber << 3) | (int)WireFormat.WireType.LengthDelimited;
    private const byte SentTag = (Batch.SentUnixMsFieldNumber << 3) | (int)WireFormat.WireType.Fixed64;

    /// <exception cref="InvalidProtocolBufferException">The payload is no StreamRequest.</exception>
    public static ReceivedRequest Read(ReadOnlySequence<byte> payload)
    {
        if (TryReadPlainBatch(payload) is { } plain)
        {
            return new ReceivedRequest(null, plain);
        }

        var request = StreamRequest.Parser.ParseFrom(payload);
        return new ReceivedRequest(request.Hello, request.Batch is { } batch ? ReceivedBatch.Of(batch) : null);
    }

    /// <summary>The batch when the payload is exactly one that is written plainly; else null.</summary>
    internal static ReceivedBatch? TryReadPlainBatch(ReadOnlySequence<byte> payload)
    {
        var reader = new SequenceReader<byte>(payload);
        if (!BitConverter.IsLittleEndian
            || !reader.TryRead(out var first) || first != BatchTag
            || !TryReadVarint(ref reader, out var length) || length != (ulong)reader.Remaining)
        {
            return null;
        }

        ulong? sequence = null;
        long[]? times = null;
        double[]? values = null;
        long? sent = null;
        while (reader.TryRead(out var tag))
        {
            var read = tag switch
            {
                SequenceTag when sequence is null => TryReadSequence(ref reader, out sequence),
                TimesTag when times is null => TryReadPacked(ref reader, out times),
                ValuesTag when values is null => TryReadPacked(ref reader, out values),
                SentTag when sent is null => TryReadFixed(ref reader, out sent),
                _ => false,
            };
            if (!read)
            {
                return null;
            }
        }

        return new ReceivedBatch(sequence ?? 0, times ?? [], values ?? [], sent ?? 0);
    }

    private static bool TryReadSequence(ref SequenceReader<byte> reader, out ulong? sequence)
    {
        var read = TryReadVarint(ref reader, out var value);
        sequence = value;
        return read;
    }

    private static bool TryReadFixed(ref SequenceReader<byte> reader, out long? number)
    {
        var read = reader.TryReadLittleEndian(out long value);
        number = value;
        return read;
    }

    private static bool TryReadPacked<T>(ref SequenceReader<byte> reader, out T[]? numbers)
        where T : unmanaged
    {
        numbers = null;
        if (!TryReadVarint(ref reader, out var length)
            || length > (ulong)reader.Remaining
            || length % sizeof(ulong) != 0)
        {
            return false;
        }

        numbers = GC.AllocateUninitializedArray<T>((int)length / sizeof(ulong));
        var bytes = MemoryMarshal.AsBytes(numbers.AsSpan());
        reader.TryCopyTo(bytes);
        reader.Advance(bytes.Length);
        return true;
    }

    private static bool TryReadVarint(ref SequenceReader<byte> reader, out ulong value)
    {
        value = 0;
        for (var i = 0; i < MaxVarintBytes && reader.TryRead(out var next); i++)
        {
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
