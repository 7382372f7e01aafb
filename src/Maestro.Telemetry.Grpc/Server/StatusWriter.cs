using System.Globalization;
using Grpc.Core;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Writes how a call ended.</summary>
internal static class StatusWriter
{
    /// <summary>Where there is no body, the status is sent with the headers.</summary>
    public static void WriteHeaders(HttpResponse response, Status status, Metadata? trailers = null)
    {
        response.ContentType = GrpcProtocol.ContentType;
        foreach (var (name, value) in Encode(status, trailers))
        {
            response.Headers.Append(name, value);
        }
    }

    public static void WriteTrailers(HttpResponse response, Status status, Metadata? trailers)
    {
        foreach (var (name, value) in Encode(status, trailers))
        {
            response.AppendTrailer(name, value);
        }
    }

    /// <summary>All or none: trailers that can't be sent end the call with that.</summary>
    private static List<(string Name, string Value)> Encode(Status status, Metadata? trailers)
    {
        try
        {
            return [.. Fields(status, trailers)];
        }
        catch (RpcException e)
        {
            return [.. Fields(e.Status, null)];
        }
    }

    private static IEnumerable<(string Name, string Value)> Fields(Status status, Metadata? trailers)
    {
        yield return (GrpcProtocol.StatusHeader, ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture));
        if (status.Detail.Length > 0)
        {
            yield return (GrpcProtocol.MessageHeader, PercentEncoding.Encode(status.Detail));
        }

        foreach (var entry in trailers ?? Metadata.Empty)
        {
            if (!MetadataCodec.IsProtocolHeader(entry.Key))
            {
                yield return (entry.Key, MetadataCodec.Encode(entry));
            }
        }
    }
}
