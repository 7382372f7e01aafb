using System.Buffers.Binary;
using System.Numerics;

namespace Maestro.Telemetry.Protocol;

/// <summary>CRC-32C (Castagnoli), as iSCSI has it (RFC 3720, appendix B.4), of what agents and servers keep on disk.</summary>
public static class Checksum
{
    /// <summary>The checksum of the bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
