using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a message is written to: either one array, or a buffer writer that is completed.</summary>
public abstract class SerializationContext
{
    /// <summary>Hands over the whole message as one array.</summary>
    public virtual void Complete(byte[] payload) => throw new NotSupportedException();

    /// <summary>The writer for the message's bytes; <see cref="Complete()"/> ends it.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotSupportedException();

    /// <summary>Says how many bytes will be written; a hint that saves growing the buffer.</summary>
    public virtual void SetPayloadLength(int payloadLength) => throw new NotSupportedException();

    public virtual void Complete() => throw new NotSupportedException();
}
