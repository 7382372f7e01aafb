using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>Makes the HTTP request of a call.</summary>
internal static class RequestFactory
{
    private static readonly string UserAgent =
        $"maestro-grpc-dotnet/{typeof(RequestFactory).Assembly.GetName().Version?.ToString(3)}";

    public static async Task<HttpRequestMessage> CreateAsync(
        GrpcChannel channel,
        IMethod method,
        string? host,
        CallOptions options,
        HttpContent content,
        CancellationToken cancelled)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(channel.Address, method.FullName))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        content.Headers.ContentType = new MediaTypeHeaderValue(GrpcProtocol.ContentType);
        request.Headers.Host = host;
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.TryAddWithoutValidation(GrpcProtocol.AcceptEncodingHeader, channel.AcceptEncoding);
        Add(request, options.Headers);
        Add(request, await CredentialsAsync(channel, method, options, cancelled));
        if (RequestedEncoding(options) is { } encoding)
        {
            request.Headers.TryAddWithoutValidation(GrpcProtocol.EncodingHeader, encoding);
        }

        if (options.Deadline is { } deadline && deadline != DateTime.MaxValue)
        {
            request.Headers.TryAddWithoutValidation(
                GrpcProtocol.TimeoutHeader, GrpcTimeout.Encode(deadline - channel.Time.GetUtcNow().UtcDateTime));
        }

        return request;
    }

    /// <summary>The encoding that the caller asked for with this library's own header.</summary>
    public static string? RequestedEncoding(CallOptions options) =>
        options.Headers?.GetValue(GrpcProtocol.InternalEncodingRequestHeader);

    private static void Add(HttpRequestMessage request, Metadata? metadata)
    {
        foreach (var entry in metadata ?? Metadata.Empty)
        {
            if (!MetadataCodec.IsProtocolHeader(entry.Key))
            {
                request.Headers.TryAddWithoutValidation(entry.Key, MetadataCodec.Encode(entry));
            }
        }
    }

    private static async Task<Metadata?> CredentialsAsync(
        GrpcChannel channel, IMethod method, CallOptions options, CancellationToken cancelled)
    {
        if (channel.Credentials.CallCredentials.Count == 0 && options.Credentials is null)
        {
            return null;
        }

        if (!channel.Credentials.AllowsCallCredentials)
        {
            throw new RpcException(new Status(
                StatusCode.Unauthenticated, $"Call credentials would be sent to {channel.Address} in plain text."));
        }

        var collector = new CallCredentialsCollector();
        collector.SetCompositeCredentials(null, channel.Credentials.CallCredentials);
        options.Credentials?.InternalPopulateConfiguration(collector, null);
        var metadata = new Metadata();
        var context = new AuthInterceptorContext(
            new Uri(channel.Address, method.ServiceName).AbsoluteUri, method.Name, cancelled);
        foreach (var interceptor in collector.Interceptors)
        {
            await interceptor(context, metadata);
        }

        return metadata;
    }
}
