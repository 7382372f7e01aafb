using System.Buffers.Binary;
using System.Numerics;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// The bytes of a roll-up, little-endian: a kind, a bit per metric present, then
/// Single: a value each (one sample: it is minimum, maximum and sum);
/// Uniform: one count, then minimum, maximum and sum each;
/// Mixed: count, minimum, maximum and sum each (samples of the minute had different metrics).
/// </summary>
internal static class RollupCodec
{
    private const byte Single = 1;
    private const byte Uniform = 2;
    private const byte Mixed = 3;
    private const int HeaderBytes = 3;

    public static readonly int MaxBytes = HeaderBytes + (MetricColumns.Count * 28);

    /// <summary>Writes one roll-up per metric, Count 0 where there is none, and gives the bytes used.</summary>
    public static int Write(ReadOnlySpan<Rollup> metrics, Span<byte> destination)
    {
        var mask = 0;
        var count = 0;
        var uniform = true;
        for (var i = 0; i < metrics.Length; i++)
        {
            if (metrics[i].Count > 0)
            {
                mask |= 1 << i;
                uniform &= count == 0 || count == metrics[i].Count;
                count = metrics[i].Count;
            }
        }

        var kind = !uniform ? Mixed : count == 1 ? Single : Uniform;
        destination[0] = kind;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[1..], (ushort)mask);
        var at = HeaderBytes;
        if (kind == Uniform)
        {
            BinaryPrimitives.WriteInt32LittleEndian(destination[at..], count);
            at += 4;
        }

        foreach (ref readonly var metric in metrics)
        {
            if (metric.Count > 0)
            {
                at += WriteOne(kind, in metric, destination[at..]);
            }
        }

        return at;
    }

    /// <summary>Reads one metric; Count 0 when it is not there.</summary>
    public static Rollup Read(ReadOnlySpan<byte> source, int metric)
    {
        var mask = BinaryPrimitives.ReadUInt16LittleEndian(source[1..]);
        if ((mask & (1 << metric)) == 0)
        {
            return default;
        }

        var place = BitOperations.PopCount((uint)mask & ((1u << metric) - 1));
        switch (source[0])
        {
            case Single:
                var value = BinaryPrimitives.ReadDoubleLittleEndian(source[(HeaderBytes + (place * 8))..]);
                return new Rollup(1, value, value, value);
            case Uniform:
                return ReadOne(
                    BinaryPrimitives.ReadInt32LittleEndian(source[HeaderBytes..]),
                    source[(HeaderBytes + 4 + (place * 24))..]);
            case Mixed:
                var one = source[(HeaderBytes + (place * 28))..];
                return ReadOne(BinaryPrimitives.ReadInt32LittleEndian(one), one[4..]);
            default:
                throw new InvalidDataException(
                    $"A roll-up has the unknown kind {source[0]}. Restore the database from a backup.");
        }
    }

    private static int WriteOne(byte kind, in Rollup metric, Span<byte> destination)
    {
        if (kind == Single)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(destination, metric.Sum);
            return 8;
        }

        var at = 0;
        if (kind == Mixed)
        {
            BinaryPrimitives.WriteInt32LittleEndian(destination, metric.Count);
            at = 4;
        }

        BinaryPrimitives.WriteDoubleLittleEndian(destination[at..], metric.Min);
        BinaryPrimitives.WriteDoubleLittleEndian(destination[(at + 8)..], metric.Max);
        BinaryPrimitives.WriteDoubleLittleEndian(destination[(at + 16)..], metric.Sum);
        return at + 24;
    }

    private static Rollup ReadOne(int count, ReadOnlySpan<byte> source) => new(
        count,
        BinaryPrimitives.ReadDoubleLittleEndian(source),
        BinaryPrimitives.ReadDoubleLittleEndian(source[8..]),
        BinaryPrimitives.ReadDoubleLittleEndian(source[16..]));
}
