using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.Net.Wire;

/// <summary>The names that both sides of a call write and read.</summary>
internal static class GrpcProtocol
{
    public const string ContentType = "application/grpc";
    public const string StatusHeader = "grpc-status";
    public const string MessageHeader = "grpc-message";
    public const string TimeoutHeader = "grpc-timeout";
    public const string EncodingHeader = "grpc-encoding";
    public const string AcceptEncodingHeader = "grpc-accept-encoding";

    /// <summary>In a call's metadata it asks this library to compress; it never leaves the process.</summary>
    public const string InternalEncodingRequestHeader = "grpc-internal-encoding-request";

    public const string Identity = "identity";

    public const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;

    public static IReadOnlyList<ICompressionProvider> DefaultCompressionProviders { get; } =
        [new GzipCompressionProvider(CompressionLevel.Fastest)];

    /// <summary>True for application/grpc and application/grpc+proto, with or without parameters.</summary>
    public static bool IsGrpcContentType(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is ';' or '+');

    public static ICompressionProvider? Find(IEnumerable<ICompressionProvider> providers, string encoding) =>
        providers.FirstOrDefault(p => string.Equals(p.EncodingName, encoding, StringComparison.OrdinalIgnoreCase));

    public static string AcceptEncoding(IEnumerable<ICompressionProvider> providers) =>
        string.Join(',', providers.Select(p => p.EncodingName).Prepend(Identity));

    public static bool Accepts(string? acceptEncoding, string encoding) =>
        acceptEncoding is not null
        && acceptEncoding.Split(',', StringSplitOptions.TrimEntries)
            .Contains(encoding, StringComparer.OrdinalIgnoreCase);
}
