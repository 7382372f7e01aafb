namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>Writes blocks as the bodies of requests.</summary>
internal interface IBlockEncoder
{
    string ContentType { get; }

    /// <summary>Null when bodies are not compressed.</summary>
    string? ContentEncoding { get; }

    byte[] Encode(Block block);
}
