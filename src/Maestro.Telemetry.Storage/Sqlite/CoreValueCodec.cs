using System.Buffers.Binary;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// The busy percent of each core in hundredths, two bytes each: a kernel that counts time in hundredths of a second
/// gives no finer share over any interval up to 100 s. Outside 0 to 655.35 the nearest end is stored.
/// </summary>
internal static class CoreValueCodec
{
    private const double Scale = 100;

    public static int Write(ReadOnlySpan<double> percents, Span<byte> destination)
    {
        for (var i = 0; i < percents.Length; i++)
        {
            var hundredths = (ushort)Math.Clamp(Math.Round(percents[i] * Scale), 0, ushort.MaxValue);
            BinaryPrimitives.WriteUInt16LittleEndian(destination[(i * 2)..], hundredths);
        }

        return percents.Length * 2;
    }

    public static double Read(ReadOnlySpan<byte> source, int core) =>
        BinaryPrimitives.ReadUInt16LittleEndian(source[(core * 2)..]) / Scale;
}
