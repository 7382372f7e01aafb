using System.Buffers;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Net.Wire;

/// <summary>Decompresses under a limit that holds while it inflates, not after.</summary>
internal static class Inflation
{
    private const int Step = 16 * 1024;

    public static void Inflate(
        ICompressionProvider encoding, ReadOnlySequence<byte> payload, PooledBuffer destination, int? maxSize)
    {
        using var source = new SequenceStream(payload);
        try
        {
            using var inflater = encoding.CreateDecompressionStream(source);
            while (true)
            {
                var count = inflater.Read(destination.GetSpan(Step));
                if (count == 0)
                {
                    return;
                }

                destination.Advance(count);
                if (destination.Length > maxSize)
                {
                    throw MessageSize.InflatedTooLarge(maxSize.Value);
                }
            }
        }
        catch (InvalidDataException e)
        {
            throw new RpcException(new Status(
                StatusCode.Internal, $"A message can't be decompressed as {encoding.EncodingName}.", e));
        }
    }
}
