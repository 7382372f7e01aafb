namespace Grpc.Core;

/// <summary>How one message is written.</summary>
[Flags]
public enum WriteFlags
{
    None = 0,

    /// <summary>The message may wait for the next one before it is flushed.</summary>
    BufferHint = 1,

    /// <summary>The message is sent as it is, even where the call compresses.</summary>
    NoCompress = 2,
}
