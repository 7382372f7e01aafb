using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Wire;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client;

/// <summary>How a channel calls.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>Plain or TLS, with or without credentials for each call; null follows the address.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>The largest response message, in bytes after decompression; null for any size.</summary>
    /// <value>The default is 4 MiB.</value>
    public int? MaxReceiveMessageSize { get; set; } = GrpcProtocol.DefaultMaxReceiveMessageSize;

    /// <summary>The largest request message, in bytes before compression; null for any size.</summary>
    /// <value>The default is null.</value>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The encodings that are understood.</summary>
    /// <value>The default is gzip.</value>
    public IList<ICompressionProvider>? CompressionProviders { get; set; }

    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The handler that carries the calls; trust, client certificates and keep-alive pings are set there.</summary>
    /// <value>The default is a <see cref="SocketsHttpHandler"/> that opens more connections as streams need them.</value>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Carries the calls instead of a handler; its timeout then holds for calls too.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>Whether the channel disposes what carries its calls; always so for the default handler.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Whether a cancelled call throws <see cref="OperationCanceledException"/> in place of a status.</summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    /// <summary>Whether call credentials are sent in plain text too.</summary>
    public bool UnsafeUseInsecureChannelCallCredentials { get; set; }

    /// <summary>Where the channel finds its <see cref="TimeProvider"/>; the system's clock without it.</summary>
    public IServiceProvider? ServiceProvider { get; set; }
}
