using System.Buffers;
using Grpc.Core;

namespace Grpc.Net.Wire;

/// <summary>Shows a deserializer the message in the receive buffers.</summary>
internal sealed class PayloadContext : DeserializationContext
{
    private ReadOnlySequence<byte> _payload;

    public override int PayloadLength => (int)_payload.Length;

    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;

    public void Set(ReadOnlySequence<byte> payload) => _payload = payload;
}
