using Grpc.Core;

namespace Grpc.Net.Wire;

/// <summary>Turns headers into metadata and back.</summary>
internal static class MetadataCodec
{
    /// <summary>The header's text: base64 without padding for bytes.</summary>
    /// <exception cref="RpcException">A text can't be sent as a header.</exception>
    public static string Encode(Metadata.Entry entry)
    {
        if (entry.IsBinary)
        {
            return Convert.ToBase64String(entry.ValueBytes).TrimEnd('=');
        }

        return entry.Value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? throw new RpcException(new Status(
                StatusCode.Internal,
                $"The value of '{entry.Key}' is not printable ASCII; send bytes under a -bin key."))
            : entry.Value;
    }

    /// <summary>Adds a header that the peer sent, unless it belongs to the protocol.</summary>
    /// <remarks>A value that is not base64 although its name says so is left out: it is no reason to end the call.</remarks>
    public static void Add(Metadata metadata, string name, string value)
    {
        if (IsProtocolHeader(name))
        {
            return;
        }

        if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            if (IsKey(name))
            {
                metadata.Add(name, value);
            }

            return;
        }

        // Several values may have been joined by a proxy or by the peer.
        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (IsKey(name) && TryDecodeBase64(part, out var bytes))
            {
                metadata.Add(name, bytes);
            }
        }
    }

    /// <summary>Whether the protocol owns this header, so that metadata can neither set nor see it.</summary>
    public static bool IsProtocolHeader(string name) =>
        name.Length == 0
        || name[0] == ':'
        || name.ToLowerInvariant() is GrpcProtocol.StatusHeader or GrpcProtocol.MessageHeader
            or GrpcProtocol.TimeoutHeader or GrpcProtocol.EncodingHeader or GrpcProtocol.AcceptEncodingHeader
            or GrpcProtocol.InternalEncodingRequestHeader
            or "content-type" or "te" or "host" or "accept-encoding" or "content-length" or "transfer-encoding";

    private static bool IsKey(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryDecodeBase64(string text, out byte[] bytes)
    {
        var unpadded = text.TrimEnd('=');
        var padded = unpadded.PadRight((unpadded.Length + 3) / 4 * 4, '=');
        bytes = new byte[padded.Length / 4 * 3];
        if (!Convert.TryFromBase64String(padded, bytes, out var length))
        {
            return false;
        }

        Array.Resize(ref bytes, length);
        return true;
    }
}
