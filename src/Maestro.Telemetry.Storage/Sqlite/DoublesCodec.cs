using System.Runtime.InteropServices;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// An array of doubles without loss: a first byte, then 4 bytes each when every value is a single-precision number,
/// else 8. A model that rounds its quantiles to single precision halves its room.
/// </summary>
internal static class DoublesCodec
{
    private const byte Singles = 4;
    private const byte Doubles = 8;

    public static byte[] Encode(ReadOnlySpan<double> values)
    {
        var singles = true;
        foreach (var value in values)
        {
            // Compared as bits: NaN must come back as it was.
            singles &= BitConverter.DoubleToInt64Bits((float)value) == BitConverter.DoubleToInt64Bits(value);
        }

        var bytes = new byte[1 + (values.Length * (singles ? sizeof(float) : sizeof(double)))];
        bytes[0] = singles ? Singles : Doubles;
        if (!singles)
        {
            MemoryMarshal.AsBytes(values).CopyTo(bytes.AsSpan(1));
            return bytes;
        }

        for (var i = 0; i < values.Length; i++)
        {
            MemoryMarshal.Write(bytes.AsSpan(1 + (i * sizeof(float))), (float)values[i]);
        }

        return bytes;
    }

    public static double[] Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is not [Singles or Doubles, ..] || (bytes.Length - 1) % bytes[0] != 0)
        {
            throw new InvalidDataException("A stored array is cut short. Restore the database from a backup.");
        }

        var values = new double[(bytes.Length - 1) / bytes[0]];
        var data = bytes[1..];
        if (bytes[0] == Doubles)
        {
            data.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = MemoryMarshal.Read<float>(data[(i * sizeof(float))..]);
        }

        return values;
    }
}
