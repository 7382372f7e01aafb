using System.IO.Compression;
using Grpc.Net.Compression;
using Grpc.Net.Wire;

namespace Grpc.AspNetCore.Server;

/// <summary>How services answer.</summary>
public class GrpcServiceOptions
{
    /// <summary>The largest request message, in bytes after decompression; null for any size.</summary>
    /// <value>The default is 4 MiB.</value>
    public int? MaxReceiveMessageSize { get; set; } = GrpcProtocol.DefaultMaxReceiveMessageSize;

    /// <summary>The largest response message, in bytes before compression; null for any size.</summary>
    /// <value>The default is null.</value>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Whether a client is told the message of an exception that a handler did not expect.</summary>
    /// <value>The default is false.</value>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>The encoding of responses to clients that accept it; null sends them as they are.</summary>
    /// <value>The default is null.</value>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>How hard to compress; null leaves it to the provider.</summary>
    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>The encodings that are understood.</summary>
    /// <value>The default is gzip.</value>
    public IList<ICompressionProvider> CompressionProviders { get; set; } =
        [.. GrpcProtocol.DefaultCompressionProviders];

    /// <summary>Whether calls to services that are not mapped are left to other middleware.</summary>
    /// <value>The default is false.</value>
    public bool? IgnoreUnknownServices { get; set; }

    /// <summary>What each call passes through, the first one first.</summary>
    public InterceptorCollection Interceptors { get; } = [];

    internal void CopyTo(GrpcServiceOptions other)
    {
        other.MaxReceiveMessageSize = MaxReceiveMessageSize;
        other.MaxSendMessageSize = MaxSendMessageSize;
        other.EnableDetailedErrors = EnableDetailedErrors;
        other.ResponseCompressionAlgorithm = ResponseCompressionAlgorithm;
        other.ResponseCompressionLevel = ResponseCompressionLevel;
        other.CompressionProviders = [.. CompressionProviders];
        other.IgnoreUnknownServices = IgnoreUnknownServices;
        foreach (var interceptor in Interceptors)
        {
            other.Interceptors.Add(interceptor);
        }
    }
}
