using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Spool;

/// <summary>
/// Batches as bytes: for each its serial, group, metrics, cores, and its numbers as they lie in memory (little endian).
/// </summary>
internal static class BatchCodec
{
    public const int Format = 1;

    private const int NoGroup = -1;
    private const int MaxSerialBytes = 1_024;

    public static byte[] Encode(IReadOnlyList<SampleBatch> batches)
    {
        var buffer = new ArrayBufferWriter<byte>((2 * sizeof(int)) + batches.Sum(SizeHint));
        WriteInt(buffer, Format);
        WriteInt(buffer, batches.Count);
        foreach (var batch in batches)
        {
            Encode(buffer, batch);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Encode(IReadOnlyList{SampleBatch})"/> gave.</exception>
    public static IReadOnlyList<SampleBatch> Decode(ReadOnlySpan<byte> bytes)
    {
        if (ReadInt(ref bytes) is var format and not Format)
        {
            throw new InvalidDataException($"The format of the batches is {format}; this release reads {Format}.");
        }

        var count = ReadCount(ref bytes, sizeof(int));
        var batches = new List<SampleBatch>(count);
        for (var i = 0; i < count; i++)
        {
            batches.Add(DecodeOne(ref bytes));
        }

        return bytes.IsEmpty ? batches : throw Malformed();
    }

    private static int SizeHint(SampleBatch batch) =>
        128 + (8 * (batch.TimestampsMs.Length + batch.Values.Length + batch.CoreValues.Length))
        + (4 * batch.Metrics.Count) + (8 * batch.Cores.Count);

    private static void Encode(ArrayBufferWriter<byte> buffer, SampleBatch batch)
    {
        var serial = Encoding.UTF8.GetBytes(batch.Serial.Value);
        WriteInt(buffer, serial.Length);
        buffer.Write(serial);
        WriteInt(buffer, batch.Group?.Value ?? NoGroup);
        WriteInt(buffer, batch.Metrics.Count);
        foreach (var metric in batch.Metrics)
        {
            WriteInt(buffer, (int)metric);
        }

        WriteInt(buffer, batch.Cores.Count);
        foreach (var core in batch.Cores)
        {
            WriteInt(buffer, core.Number);
            WriteInt(buffer, (int)core.Type);
        }

        WriteInt(buffer, batch.Rows);
        WriteNumbers(buffer, MemoryMarshal.Cast<long, ulong>(batch.TimestampsMs.Span));
        WriteNumbers(buffer, MemoryMarshal.Cast<double, ulong>(batch.Values.Span));
        WriteNumbers(buffer, MemoryMarshal.Cast<double, ulong>(batch.CoreValues.Span));
    }

    private static SampleBatch DecodeOne(ref ReadOnlySpan<byte> bytes)
    {
        var serial = Encoding.UTF8.GetString(Take(ref bytes, Math.Min(ReadInt(ref bytes), MaxSerialBytes + 1)));
        var group = ReadInt(ref bytes);
        var metrics = new MetricId[ReadCount(ref bytes, sizeof(int))];
        for (var i = 0; i < metrics.Length; i++)
        {
            metrics[i] = (MetricId)ReadInt(ref bytes);
        }

        var cores = new CoreId[ReadCount(ref bytes, 2 * sizeof(int))];
        for (var i = 0; i < cores.Length; i++)
        {
            cores[i] = new CoreId(ReadInt(ref bytes), (CoreType)ReadInt(ref bytes));
        }

        var rows = ReadCount(ref bytes, sizeof(long));
        return new SampleBatch
        {
            Serial = new GatewaySerial(serial),
            Group = group == NoGroup ? null : new SecurityGroupId(group),
            Metrics = metrics,
            Cores = cores,
            TimestampsMs = ReadNumbers<long>(ref bytes, rows),
            Values = ReadNumbers<double>(ref bytes, (long)rows * metrics.Length),
            CoreValues = ReadNumbers<double>(ref bytes, (long)rows * cores.Length),
        };
    }

    private static void WriteInt(ArrayBufferWriter<byte> buffer, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(sizeof(int)), value);
        buffer.Advance(sizeof(int));
    }

    private static void WriteNumbers(ArrayBufferWriter<byte> buffer, ReadOnlySpan<ulong> numbers)
    {
        var to = buffer.GetSpan(numbers.Length * sizeof(ulong));
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(numbers).CopyTo(to);
        }
        else
        {
            BinaryPrimitives.ReverseEndianness(numbers, MemoryMarshal.Cast<byte, ulong>(to)[..numbers.Length]);
        }

        buffer.Advance(numbers.Length * sizeof(ulong));
    }

    private static T[] ReadNumbers<T>(ref ReadOnlySpan<byte> bytes, long count)
        where T : unmanaged
    {
        if (count > bytes.Length / sizeof(ulong))
        {
            throw Malformed();
        }

        var numbers = new T[count];
        var taken = Take(ref bytes, (int)count * sizeof(ulong));
        taken.CopyTo(MemoryMarshal.AsBytes(numbers.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            var words = MemoryMarshal.Cast<T, ulong>(numbers.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }

        return numbers;
    }

    /// <summary>A number of things that each take at least so many bytes: what cannot be there is not made room for.</summary>
    private static int ReadCount(ref ReadOnlySpan<byte> bytes, int eachAtLeast)
    {
        var count = ReadInt(ref bytes);
        return count >= 0 && count <= bytes.Length / eachAtLeast ? count : throw Malformed();
    }

    private static int ReadInt(ref ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadInt32LittleEndian(Take(ref bytes, sizeof(int)));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        if (count < 0 || count > bytes.Length)
        {
            throw Malformed();
        }

        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }

    private static InvalidDataException Malformed() => new("The bytes are no batches: a length does not fit.");
}
