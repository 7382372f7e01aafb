using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Maestro.Telemetry.Storage.Spool;

/// <summary>One append as the file has it.</summary>
internal sealed record SpoolRow(long Id, long ReceivedMs, long Rows, long Seal, byte[] Payload)
{
    public bool IsWhole => Seal == SealOf(Payload);

    /// <summary>Tells a payload from one that a disk has changed.</summary>
    public static long SealOf(ReadOnlySpan<byte> payload)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(payload, hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }
}
