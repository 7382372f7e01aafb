using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Primitives;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>A call on its HTTP request.</summary>
internal sealed class HttpServerCallContext : ServerCallContext, IAsyncDisposable
{
    private readonly IMethod _method;
    private readonly CallSettings _settings;
    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private AuthContext? _authContext;
    private ICompressionProvider? _requestEncoding;
    private ICompressionProvider? _responseEncoding;
    private DateTime _deadline = DateTime.MaxValue;

    public HttpServerCallContext(HttpContext http, IMethod method, CallSettings settings)
    {
        Http = http;
        _method = method;
        _settings = settings;
        Response = new ServerResponse(http, settings.Time);
        Lifetime = new CallLifetime(Response, settings.Time, http.RequestAborted);
        http.Response.ContentType = GrpcProtocol.ContentType;
    }

    public HttpContext Http { get; }

    public ServerResponse Response { get; }

    public CallLifetime Lifetime { get; }

    /// <summary>Set when reading found the client gone, which can be before the request counts as aborted.</summary>
    public bool ClientGone { get; set; }

    public bool HasTrailers => _responseTrailers is { Count: > 0 };

    protected override string MethodCore => _method.FullName;

    protected override string HostCore => Http.Request.Host.Value ?? string.Empty;

    protected override string PeerCore => Http.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } address =>
            $"ipv6:[{address}]:{Http.Connection.RemotePort}",
        IPAddress address => $"ipv4:{address.MapToIPv4()}:{Http.Connection.RemotePort}",
    };

    protected override DateTime DeadlineCore => _deadline;

    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadRequestHeaders();

    protected override CancellationToken CancellationTokenCore => Lifetime.HandlerToken;

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => _authContext ??= PeerCertificate.Describe(Http);

    /// <summary>Reads the protocol's headers and starts the clock.</summary>
    /// <exception cref="RpcException">A header can't be honoured.</exception>
    public void Begin()
    {
        LiftLimits();
        TimeSpan? timeout = null;
        if (Http.Request.Headers.TryGetValue(GrpcProtocol.TimeoutHeader, out var timeoutHeader))
        {
            timeout = GrpcTimeout.TryDecode(timeoutHeader.ToString(), out var given)
                ? given
                : throw new RpcException(new Status(
                    StatusCode.Internal, "grpc-timeout is not a number of up to eight digits with a unit."));
            var now = _settings.Time.GetUtcNow().UtcDateTime;
            _deadline = given < DateTime.MaxValue - now ? now + given : DateTime.MaxValue;
        }

        ReadRequestEncoding();
        SetResponseEncoding(_settings.ResponseEncoding);
        Lifetime.Start(timeout, _method.Type == MethodType.Unary ? CancellationToken.None : _settings.Stopping);
    }

    public MessageReader<T> CreateReader<T>(Marshaller<T> marshaller)
        where T : class => new(Http.Request.BodyReader, marshaller.ContextualDeserializer)
        {
            MaxSize = _settings.MaxReceiveMessageSize,
            Encoding = _requestEncoding,
        };

    public MessageFramer<T> CreateFramer<T>(Marshaller<T> marshaller)
        where T : class => new(marshaller.ContextualSerializer)
        {
            MaxSize = _settings.MaxSendMessageSize,
            Level = _settings.ResponseLevel,
        };

    /// <summary>The frame of a response, compressed as the call and its write options say.</summary>
    public ReadOnlyMemory<byte> Frame<T>(MessageFramer<T> framer, T message, WriteOptions? options)
        where T : class
    {
        framer.Encoding = _responseEncoding;
        return framer.Frame(message, compress: ((options ?? WriteOptions)?.Flags & WriteFlags.NoCompress) is null or 0);
    }

    public ValueTask DisposeAsync() => Lifetime.DisposeAsync();

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        foreach (var entry in responseHeaders)
        {
            if (entry.Key == GrpcProtocol.InternalEncodingRequestHeader)
            {
                SetResponseEncoding(entry.Value);
            }
        }

        return Response.StartAsync(responseHeaders, Lifetime.IoToken);
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("Pass the context's Deadline and CancellationToken to the calls made for it.");

    private Metadata ReadRequestHeaders()
    {
        var metadata = new Metadata();
        foreach (var (name, values) in Http.Request.Headers)
        {
            foreach (var value in values)
            {
                MetadataCodec.Add(metadata, name, value ?? string.Empty);
            }
        }

        return metadata;
    }

    private void ReadRequestEncoding()
    {
        var encoding = Http.Request.Headers[GrpcProtocol.EncodingHeader];
        if (StringValues.IsNullOrEmpty(encoding) || encoding == GrpcProtocol.Identity)
        {
            return;
        }

        _requestEncoding = GrpcProtocol.Find(_settings.Compression, encoding.ToString());
        if (_requestEncoding is null)
        {
            var accepted = GrpcProtocol.AcceptEncoding(_settings.Compression);
            Http.Response.Headers[GrpcProtocol.AcceptEncodingHeader] = accepted;
            throw new RpcException(new Status(
                StatusCode.Unimplemented, $"grpc-encoding {encoding} is unknown here; use one of {accepted}."));
        }
    }

    private void SetResponseEncoding(string? encoding)
    {
        _responseEncoding = encoding is null or GrpcProtocol.Identity
            || !GrpcProtocol.Accepts(Http.Request.Headers[GrpcProtocol.AcceptEncodingHeader], encoding)
                ? null
                : GrpcProtocol.Find(_settings.Compression, encoding);
        if (_responseEncoding is null)
        {
            Http.Response.Headers.Remove(GrpcProtocol.EncodingHeader);
        }
        else
        {
            Http.Response.Headers[GrpcProtocol.EncodingHeader] = _responseEncoding.EncodingName;
        }
    }

    /// <summary>A stream may be longer than any upload and may rest for hours: size is limited per message.</summary>
    private void LiftLimits()
    {
        if (Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (_method.Type is not MethodType.Unary && Http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
