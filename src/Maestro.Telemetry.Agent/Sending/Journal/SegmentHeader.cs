using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Maestro.Telemetry.Protocol;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

/// <summary>What a segment begins with: whose rows it holds, and what stands in them.</summary>
/// <param name="Serial">The serial of the SGM that the rows are of.</param>
/// <param name="Columns">What a row holds, in order.</param>
internal sealed record SegmentHeader(string Serial, IReadOnlyList<ColumnKey> Columns)
{
    private const ushort Version = 1;
    private const int MaxSerialBytes = 256;
    private const int ColumnBytes = 2 * sizeof(uint);

    // The magic, the version and the length of a serial.
    private const int FixedBytes = 6 + sizeof(ushort) + sizeof(ushort);

    private static ReadOnlySpan<byte> Magic => "MTJRNL"u8;

    /// <summary>The header of a sender with these columns.</summary>
    public static SegmentHeader For(string serial, IEnumerable<Column> columns) =>
        new(serial, [.. columns.Select(c => new ColumnKey((uint)c.Metric, c.Core))]);

    /// <summary>The bytes of the header, with their checksum.</summary>
    /// <exception cref="ArgumentException">The serial or the columns are more than a header can hold.</exception>
    public byte[] ToBytes()
    {
        var serial = Encoding.UTF8.GetBytes(Serial);
        if (serial.Length > MaxSerialBytes || Columns.Count > ushort.MaxValue)
        {
            throw new ArgumentException(
                $"A journal holds serials of up to {MaxSerialBytes} bytes and rows of up to {ushort.MaxValue} columns, "
                    + $"not {serial.Length} and {Columns.Count}.");
        }

        var bytes = new byte[Length(serial.Length, Columns.Count)];
        Magic.CopyTo(bytes);
        var rest = bytes.AsSpan(Magic.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(rest, Version);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[2..], (ushort)serial.Length);
        serial.CopyTo(rest[4..]);
        rest = rest[(4 + serial.Length)..];
        BinaryPrimitives.WriteUInt16LittleEndian(rest, (ushort)Columns.Count);
        rest = rest[2..];
        foreach (var column in Columns)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, column.Metric);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[sizeof(uint)..], column.Core);
            rest = rest[ColumnBytes..];
        }

        BinaryPrimitives.WriteUInt32LittleEndian(rest, Checksum.Of(bytes.AsSpan(0, bytes.Length - sizeof(uint))));
        return bytes;
    }

    /// <summary>Reads the header that the bytes begin with; false when they do not begin with one.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SegmentHeader? header, out int length)
    {
        (header, length) = (null, 0);
        if (bytes.Length < FixedBytes
            || !bytes.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt16LittleEndian(bytes[Magic.Length..]) != Version)
        {
            return false;
        }

        var serialBytes = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(Magic.Length + 2)..]);
        if (serialBytes > MaxSerialBytes || bytes.Length < FixedBytes + serialBytes + sizeof(ushort))
        {
            return false;
        }

        var count = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(FixedBytes + serialBytes)..]);
        length = Length(serialBytes, count);
        if (bytes.Length < length
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[(length - sizeof(uint))..])
                != Checksum.Of(bytes[..(length - sizeof(uint))]))
        {
            return false;
        }

        header = new(Encoding.UTF8.GetString(bytes.Slice(FixedBytes, serialBytes)), ReadColumns(bytes, serialBytes, count));
        return true;
    }

    private static ColumnKey[] ReadColumns(ReadOnlySpan<byte> bytes, int serialBytes, int count)
    {
        var columns = new ColumnKey[count];
        var rest = bytes[(FixedBytes + serialBytes + sizeof(ushort))..];
        for (var i = 0; i < count; i++)
        {
            columns[i] = new(
                BinaryPrimitives.ReadUInt32LittleEndian(rest),
                BinaryPrimitives.ReadUInt32LittleEndian(rest[sizeof(uint)..]));
            rest = rest[ColumnBytes..];
        }

        return columns;
    }

    private static int Length(int serialBytes, int columns) =>
        FixedBytes + serialBytes + sizeof(ushort) + (columns * ColumnBytes) + sizeof(uint);
}
