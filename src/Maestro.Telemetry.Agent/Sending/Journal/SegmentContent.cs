using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Maestro.Telemetry.Agent;

/// <summary>What can be read of a segment, up to the first record that does not check.</summary>
internal sealed class SegmentContent
{
    private readonly byte[] _bytes;
    private readonly List<int> _rows = [];
    private readonly List<DoneMark> _marks = [];

    private SegmentContent(byte[] bytes, SegmentHeader header) => (_bytes, Header) = (bytes, header);

    public SegmentHeader Header { get; }

    public int Rows => _rows.Count;

    public IReadOnlyList<DoneMark> Marks => _marks;

    /// <summary>Bytes after the last record that checks: a write that was cut off, or damage.</summary>
    public int TornBytes { get; private set; }

    /// <summary>Reads a whole file; false when it does not begin with a header.</summary>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out SegmentContent? content)
    {
        content = null;
        if (!SegmentHeader.TryRead(bytes, out var header, out var at))
        {
            return false;
        }

        content = new(bytes, header);
        while (content.TryReadRecord(at, out var length))
        {
            at += length;
        }

        content.TornBytes = bytes.Length - at;
        return true;
    }

    /// <summary>One row, in other columns.</summary>
    /// <param name="row">Its number in the segment, from 0.</param>
    /// <param name="places">Where in the segment's rows each value of the destination is.</param>
    /// <param name="values">The destination.</param>
    /// <returns>The time of the row in Unix milliseconds.</returns>
    public long ReadRow(int row, ReadOnlySpan<int> places, Span<double> values)
    {
        var payload = _bytes.AsSpan(_rows[row]);
        for (var i = 0; i < places.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(
                payload[(sizeof(long) + (places[i] * sizeof(double)))..]);
        }

        return BinaryPrimitives.ReadInt64LittleEndian(payload);
    }

    private bool TryReadRecord(int at, out int length)
    {
        length = 0;
        if (!SegmentFormat.TryRead(_bytes.AsSpan(at), out var kind, out var payload))
        {
            return false;
        }

        length = SegmentFormat.RecordOverhead + payload.Length;
        switch (kind)
        {
            case SegmentFormat.RowKind when payload.Length == SegmentFormat.RowPayload(Header.Columns.Count):
                _rows.Add(at + SegmentFormat.RecordOverhead);
                return true;
            case SegmentFormat.DoneKind when payload.Length == SegmentFormat.DonePayload:
                _marks.Add(new(
                    BinaryPrimitives.ReadInt64LittleEndian(payload),
                    BinaryPrimitives.ReadInt32LittleEndian(payload[sizeof(long)..])));
                return true;
            default:
                return false;
        }
    }
}
