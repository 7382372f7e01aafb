using System.Buffers;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Grpc.Core;
using Maestro.Telemetry.Protocol.V1;
using static Google.Protobuf.WireFormat;

namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>A request that costs its sender little: a head of its own, and values that were encoded before.</summary>
internal sealed record EncodedRequest(ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Values)
{
    /// <summary>The streaming method with this on the sender's side; on the wire it is the same.</summary>
    public static Method<EncodedRequest, StreamResponse> Method { get; } = new(
        MethodType.DuplexStreaming,
        TelemetryCollector.Descriptor.FullName,
        "Stream",
        new Marshaller<EncodedRequest>((request, context) => request.Write(context), _ => throw new NotSupportedException()),
        new Marshaller<StreamResponse>(
            (_, _) => throw new NotSupportedException(),
            context => StreamResponse.Parser.ParseFrom(context.PayloadAsReadOnlySequence())));

    public static EncodedRequest Of(Hello hello) =>
        new(new StreamRequest { Hello = hello }.ToByteArray(), ReadOnlyMemory<byte>.Empty);

    public static EncodedRequest Of(ulong sequence, ReadOnlySpan<long> timestampsMs, ReadOnlyMemory<byte> values)
    {
        var timestamps = MemoryMarshal.AsBytes(timestampsMs);
        var size = 3 + CodedOutputStream.ComputeUInt64Size(sequence)
            + CodedOutputStream.ComputeLengthSize(timestamps.Length) + timestamps.Length
            + CodedOutputStream.ComputeLengthSize(values.Length) + values.Length;
        var head = new byte[1 + CodedOutputStream.ComputeLengthSize(size) + size - values.Length];
        // Straight into it: over a stream it would allocate a buffer of 4 KiB for each request.
        using var output = new CodedOutputStream(head);
        output.WriteTag(StreamRequest.BatchFieldNumber, WireType.LengthDelimited);
        output.WriteLength(size);
        output.WriteTag(Batch.SequenceFieldNumber, WireType.Varint);
        output.WriteUInt64(sequence);
        output.WriteTag(Batch.TimestampsUnixMsFieldNumber, WireType.LengthDelimited);
        output.WriteLength(timestamps.Length);
        foreach (var timestamp in timestampsMs)
        {
            output.WriteSFixed64(timestamp);
        }

        output.WriteTag(Batch.ValuesFieldNumber, WireType.LengthDelimited);
        output.WriteLength(values.Length);
        output.Flush();
        return new EncodedRequest(head, values);
    }

    private void Write(SerializationContext context)
    {
        context.SetPayloadLength(Head.Length + Values.Length);
        var writer = context.GetBufferWriter();
        writer.Write(Head.Span);
        writer.Write(Values.Span);
        context.Complete();
    }
}
