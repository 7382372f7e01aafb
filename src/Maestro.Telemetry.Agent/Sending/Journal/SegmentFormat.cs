using System.Buffers.Binary;
using Maestro.Telemetry.Protocol;

namespace Maestro.Telemetry.Agent;

/// <summary>
/// The records that follow the header of a segment. Each is a head of 4 bytes (length of the payload, and the kind in
/// the highest one), CRC-32C of head and payload, and the payload; all little-endian.
/// </summary>
internal static class SegmentFormat
{
    /// <summary>Head and checksum.</summary>
    public const int RecordOverhead = 2 * sizeof(uint);

    /// <summary>A row: its time in Unix milliseconds, then one double per column.</summary>
    public const byte RowKind = 1;

    /// <summary>Rows that are done: the number of their segment, and how many of its first rows.</summary>
    public const byte DoneKind = 2;

    public const int DonePayload = sizeof(long) + sizeof(int);

    /// <summary>A longer file is not one of ours.</summary>
    public const int MaxFileBytes = 18 << 20;

    public static int RowPayload(int columns) => sizeof(long) + (columns * sizeof(double));

    /// <summary>Writes a row and returns what is left of the destination.</summary>
    public static Span<byte> WriteRow(Span<byte> destination, long timestamp, scoped ReadOnlySpan<double> values)
    {
        var payload = destination.Slice(RecordOverhead, RowPayload(values.Length));
        BinaryPrimitives.WriteInt64LittleEndian(payload, timestamp);
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(payload[(sizeof(long) + (i * sizeof(double)))..], values[i]);
        }

        return Seal(destination, RowKind, payload.Length);
    }

    /// <summary>Writes a mark and returns what is left of the destination.</summary>
    public static Span<byte> WriteDone(Span<byte> destination, DoneMark mark)
    {
        var payload = destination.Slice(RecordOverhead, DonePayload);
        BinaryPrimitives.WriteInt64LittleEndian(payload, mark.Segment);
        BinaryPrimitives.WriteInt32LittleEndian(payload[sizeof(long)..], mark.Rows);
        return Seal(destination, DoneKind, DonePayload);
    }

    /// <summary>The record that the bytes begin with; false when there is none, or it does not check.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out byte kind, out ReadOnlySpan<byte> payload)
    {
        kind = 0;
        payload = default;
        if (bytes.Length < RecordOverhead)
        {
            return false;
        }

        var head = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var length = (int)(head & 0xFF_FFFF);
        if (length > bytes.Length - RecordOverhead)
        {
            return false;
        }

        kind = (byte)(head >> 24);
        payload = bytes.Slice(RecordOverhead, length);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(uint)..]) == Sum(head, payload);
    }

    private static Span<byte> Seal(Span<byte> destination, byte kind, int length)
    {
        var head = ((uint)kind << 24) | (uint)length;
        BinaryPrimitives.WriteUInt32LittleEndian(destination, head);
        BinaryPrimitives.WriteUInt32LittleEndian(
            destination[sizeof(uint)..], Sum(head, destination.Slice(RecordOverhead, length)));
        return destination[(RecordOverhead + length)..];
    }

    // The head goes in by its own product, so that a run of zeros is no record.
    private static uint Sum(uint head, ReadOnlySpan<byte> payload) =>
        Checksum.Of(payload) ^ unchecked((head + 1) * 0x9E37_79B1);
}
