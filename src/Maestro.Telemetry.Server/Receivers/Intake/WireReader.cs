using System.Buffers.Binary;
using Google.Protobuf;

namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>
/// Walks over the fields of a Protobuf message where it lies, so that a body of many empty messages costs nothing that
/// is not in the body.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private const int MaxVarintBytes = 10;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The number of the field that is next.</summary>
    public int Field { get; private set; }

    public WireFormat.WireType Type { get; private set; }

    /// <summary>Bytes after what was read.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Goes to the next field; false at the end. What the field holds must be read or skipped.</summary>
    /// <exception cref="MalformedRequestException">The message is no Protobuf.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = ReadVarint();
        if (tag > uint.MaxValue || tag >> 3 == 0)
        {
            throw Malformed($"has the tag {tag}, which no field has");
        }

        Field = (int)(tag >> 3);
        Type = (WireFormat.WireType)(tag & 7);
        return true;
    }

    /// <summary>True when the next field has this number, and is encoded in this way.</summary>
    public readonly bool Is(int field, WireFormat.WireType type) => Field == field && Type == type;

    public ulong ReadVarint()
    {
        var value = 0UL;
        for (var i = 0; i < MaxVarintBytes && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw Malformed($"has a number that does not end");
    }

    public ulong ReadFixed64()
    {
        var value = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
        return value;
    }

    public double ReadDouble() => BitConverter.UInt64BitsToDouble(ReadFixed64());

    /// <summary>A text, a message or bytes.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVarint();
        return length <= (ulong)_rest.Length
            ? Take((int)length)
            : throw Malformed($"has a field {Field} of {length} bytes with {_rest.Length} left");
    }

    public void Skip()
    {
        switch (Type)
        {
            case WireFormat.WireType.Varint:
                ReadVarint();
                break;
            case WireFormat.WireType.Fixed64:
                Take(sizeof(ulong));
                break;
            case WireFormat.WireType.LengthDelimited:
                ReadBytes();
                break;
            case WireFormat.WireType.Fixed32:
                Take(sizeof(uint));
                break;
            default:
                throw Malformed($"has a field {Field} of type {(int)Type}, which is not used here");
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            throw Malformed($"ends within field {Field}");
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private static MalformedRequestException Malformed(FormattableString what) =>
        new($"The body {FormattableString.Invariant(what)}; send the Protobuf message that the protocol asks for.");
}
