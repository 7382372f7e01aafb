using Google.Protobuf;
using Maestro.Telemetry.Protocol.V1;
using static Google.Protobuf.WireFormat;

namespace Maestro.Telemetry.Tests.Receivers;

/// <summary>
/// Bytes of StreamRequests in every way that Protobuf allows them to be written (fields in any order, repeated, split,
/// not packed, unknown), and in some that it does not.
/// </summary>
internal sealed class RandomRequest(int seed)
{
    private readonly Random _random = new(seed);

    public byte[] Bytes()
    {
        var bytes = _random.Next(4) == 0 ? Odd() : Plain();
        return _random.Next(3) == 0 ? Damage(bytes) : bytes;
    }

    private byte[] Plain() => new StreamRequest
    {
        Batch = new Batch
        {
            Sequence = _random.Next(3) == 0 ? 0 : (ulong)_random.NextInt64(),
            TimestampsUnixMs = { Enumerable.Range(0, _random.Next(4)).Select(_ => _random.NextInt64()) },
            Values = { Enumerable.Range(0, _random.Next(20)).Select(_ => Value()) },
            SentUnixMs = _random.Next(3) == 0 ? 0 : _random.NextInt64(),
        },
    }.ToByteArray();

    private byte[] Odd() => Written(output =>
    {
        for (var i = _random.Next(4); i > 0; i--)
        {
            switch (_random.Next(5))
            {
                case 0:
                    output.WriteTag(StreamRequest.HelloFieldNumber, WireType.LengthDelimited);
                    output.WriteMessage(new Hello { AgentId = "agent", Serial = "S1", Site = _random.Next(3) });
                    break;
                case 1:
                    Unknown(output, 9);
                    break;
                default:
                    output.WriteTag(StreamRequest.BatchFieldNumber, WireType.LengthDelimited);
                    output.WriteBytes(ByteString.CopyFrom(OddBatch()));
                    break;
            }
        }
    });

    private byte[] OddBatch() => Written(output =>
    {
        for (var i = _random.Next(6); i > 0; i--)
        {
            switch (_random.Next(9))
            {
                case 0:
                    output.WriteTag(Batch.SequenceFieldNumber, WireType.Varint);
                    output.WriteUInt64((ulong)_random.NextInt64());
                    break;
                case 1:
                    // A varint that is longer than it need be.
                    output.WriteTag(Batch.SequenceFieldNumber, WireType.Varint);
                    output.WriteRawTag(0x85, 0x80, 0x00);
                    break;
                case 2:
                    output.WriteTag(Batch.TimestampsUnixMsFieldNumber, WireType.Fixed64);
                    output.WriteSFixed64(_random.NextInt64());
                    break;
                case 3:
                    output.WriteTag(Batch.ValuesFieldNumber, WireType.Fixed64);
                    output.WriteDouble(Value());
                    break;
                case 4:
                    Unknown(output, 7);
                    break;
                case 8:
                    output.WriteTag(Batch.SentUnixMsFieldNumber, WireType.Fixed64);
                    output.WriteSFixed64(_random.NextInt64());
                    break;
                case 5:
                    Packed(output, Batch.TimestampsUnixMsFieldNumber);
                    break;
                default:
                    Packed(output, Batch.ValuesFieldNumber);
                    break;
            }
        }
    });

    private void Packed(CodedOutputStream output, int field)
    {
        // Now and then not a whole number of numbers.
        var numbers = new byte[(_random.Next(4) * sizeof(double)) + (_random.Next(8) == 0 ? 3 : 0)];
        _random.NextBytes(numbers);
        output.WriteTag(field, WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(numbers));
    }

    private void Unknown(CodedOutputStream output, int field)
    {
        switch (_random.Next(4))
        {
            case 0:
                output.WriteTag(field, WireType.Varint);
                output.WriteUInt64((ulong)_random.NextInt64());
                break;
            case 1:
                output.WriteTag(field, WireType.Fixed32);
                output.WriteFixed32((uint)_random.Next());
                break;
            case 2:
                output.WriteTag(field, WireType.StartGroup);
                output.WriteTag(field, WireType.EndGroup);
                break;
            default:
                output.WriteTag(field, WireType.LengthDelimited);
                output.WriteString("from a newer release");
                break;
        }
    }

    private byte[] Damage(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return [(byte)_random.Next(256)];
        }

        var at = _random.Next(bytes.Length);
        switch (_random.Next(3))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], (byte)_random.Next(256), .. bytes[at..]];
            default:
                // The first bytes are tags and lengths, where a change hurts most.
                bytes[_random.Next(2) == 0 ? at : Math.Min(at, 3)] = (byte)_random.Next(256);
                return bytes;
        }
    }

    private double Value() => _random.Next(10) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => -0.0,
        _ => _random.NextDouble() * 100,
    };

    private static byte[] Written(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream))
        {
            write(output);
        }

        return stream.ToArray();
    }
}
