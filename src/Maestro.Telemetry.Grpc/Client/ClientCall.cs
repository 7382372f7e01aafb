using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>One call: its HTTP exchange, its clock, and its end, which comes exactly once.</summary>
internal sealed class ClientCall<TRequest, TResponse> : IDisposable
    where TRequest : class
    where TResponse : class
{
    // As much as a full HTTP/2 frame, so that large messages arrive in few pieces.
    private static readonly StreamPipeReaderOptions PipeOptions = new(bufferSize: 16 * 1024, minimumReadSize: 4 * 1024);

    private readonly GrpcChannel _channel;
    private readonly string? _host;
    private readonly CallOptions _options;
    private readonly CallClock _clock;
    private readonly TaskCompletionSource<Metadata> _headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<RpcException?> _ended =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<HttpResponseMessage>? _response;
    private HttpResponseMessage? _open;
    private PushContent? _content;
    private PipeReader? _pipe;
    private MessageReader<TResponse>? _reader;
    private Status _status;
    private Metadata _trailers = Metadata.Empty;
    private int _finished;

    public ClientCall(GrpcChannel channel, Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        _channel = channel;
        _host = host;
        _options = options;
        Method = method;
        Forgive(_headers.Task);
        _clock = new CallClock(OnCut);
        _clock.Start(channel.Time, options.Deadline, options.CancellationToken, channel.Disposed);
    }

    public Method<TRequest, TResponse> Method { get; }

    public CallOptions Options => _options;

    public TimeProvider Time => _channel.Time;

    /// <summary>Cancelled when the call is over for a reason on this side.</summary>
    public CancellationToken CutToken => _clock.Token;

    public Task<Metadata> HeadersAsync => _headers.Task;

    /// <summary>Done when the call has ended, with what it throws; null when it ended well.</summary>
    public Task<RpcException?> EndedAsync => _ended.Task;

    public MessageFramer<TRequest> CreateFramer() => new(Method.RequestMarshaller.ContextualSerializer)
    {
        MaxSize = _channel.MaxSendMessageSize,
        Encoding = RequestFactory.RequestedEncoding(_options) is { } encoding and not GrpcProtocol.Identity
            ? GrpcProtocol.Find(_channel.CompressionProviders, encoding)
                ?? throw new RpcException(new Status(
                    StatusCode.Internal, $"This channel has no compression provider for '{encoding}'."))
            : null,
    };

    public Task<TResponse> UnaryAsync(TRequest request)
    {
        Start(request);
        return ReadSingleAsync();
    }

    public void Start(TRequest request) => Forgive(_response = SendSingleAsync(request));

    public PushContent StartStreaming()
    {
        _content = new PushContent();
        Forgive(_response = SendAsync(_content));
        return _content;
    }

    /// <summary>The only response.</summary>
    /// <exception cref="RpcException">The call ended otherwise than well.</exception>
    public async Task<TResponse> ReadSingleAsync()
    {
        try
        {
            var response = await _response!;
            var message = _reader is null ? null : await _reader.ReadAsync(CutToken);
            if (message is not null)
            {
                await _reader!.ReadEndAsync(CutToken);
            }

            var (status, trailers) = ReadEnd(response);
            return message is not null
                ? Conclude(status, trailers, message)
                : throw new RpcException(new Status(StatusCode.Internal, "The server said OK, but sent no message."));
        }
        catch (Exception e)
        {
            // The edge: callers see one kind of failure, with what broke inside.
            throw Failure(e);
        }
    }

    /// <summary>The next response, or null when the call ended well.</summary>
    /// <exception cref="RpcException">The call ended otherwise.</exception>
    public async Task<TResponse?> ReadNextAsync()
    {
        if (_ended.Task is { IsCompletedSuccessfully: true })
        {
            return await _ended.Task is { } failure ? throw Thrown(failure) : null;
        }

        try
        {
            var response = await _response!;
            if (_reader is not null && await _reader.ReadAsync(CutToken) is { } message)
            {
                return message;
            }

            var (status, trailers) = ReadEnd(response);
            return Conclude<TResponse?>(status, trailers, null);
        }
        catch (Exception e)
        {
            // The edge: callers see one kind of failure, with what broke inside.
            throw Failure(e);
        }
    }

    public Status GetStatus() => _ended.Task.IsCompleted
        ? _status
        : throw new InvalidOperationException("The call has not ended yet, so it has no status.");

    public Metadata GetTrailers() => _ended.Task.IsCompleted
        ? _trailers
        : throw new InvalidOperationException("The call has not ended yet, so it has no trailers.");

    /// <summary>Ends the call from this side, if it still runs.</summary>
    public void Cancel() => _clock.Cancel();

    public void Dispose() => _clock.Cancel();

    /// <summary>What to throw for <paramref name="cause"/>; ends the call if that has not happened.</summary>
    public Exception Failure(Exception cause)
    {
        var status = _clock.Verdict ?? TransportErrors.ToStatus(cause);
        Finish(status, (cause as RpcException)?.Trailers ?? Metadata.Empty);
        return Thrown(new RpcException(_status, _trailers));
    }

    private async Task<HttpResponseMessage> SendSingleAsync(TRequest request)
    {
        var framer = CreateFramer();
        using var content = new FrameContent(framer.Frame(
            request, compress: (_options.WriteOptions?.Flags & WriteFlags.NoCompress) is null or 0));
        try
        {
            return await SendAsync(content);
        }
        finally
        {
            // While a broken connection may still read the frame, its memory is left to the garbage collector.
            if (content.Sent)
            {
                framer.Dispose();
            }
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContent content)
    {
        try
        {
            _clock.ThrowIfCut();
            var request = await RequestFactory.CreateAsync(_channel, Method, _host, _options, content, CutToken);
            var response = await _channel.SendAsync(request, CutToken);
            Volatile.Write(ref _open, response);
            if (ResponseReader.Refusal(response) is { } refusal)
            {
                throw new RpcException(ResponseReader.ReadStatus(response.Headers) ?? refusal);
            }

            if (ResponseReader.ReadStatus(response.Headers) is null)
            {
                await OpenAsync(response);
            }

            _headers.TrySetResult(ResponseReader.ToMetadata(response.Headers).Freeze());
            // The call may have been cut while its response came.
            _clock.ThrowIfCut();
            return response;
        }
        catch (Exception e)
        {
            var failure = Failure(e);
            Volatile.Read(ref _open)?.Dispose();
            throw failure;
        }
    }

    private async Task OpenAsync(HttpResponseMessage response)
    {
        var encoding = response.Headers.NonValidated.TryGetValues(GrpcProtocol.EncodingHeader, out var names)
            ? GrpcProtocol.Find(_channel.CompressionProviders, names.ToString())
            : null;
        _pipe = PipeReader.Create(await response.Content.ReadAsStreamAsync(CutToken), PipeOptions);
        _reader = new MessageReader<TResponse>(_pipe, Method.ResponseMarshaller.ContextualDeserializer)
        {
            MaxSize = _channel.MaxReceiveMessageSize,
            Encoding = encoding,
        };
    }

    /// <summary>How the server ended the call; throws unless it is OK.</summary>
    private (Status Status, Metadata Trailers) ReadEnd(HttpResponseMessage response)
    {
        var source = _reader is null ? response.Headers : response.TrailingHeaders;
        var status = ResponseReader.ReadStatus(source)
            ?? new Status(StatusCode.Unknown, "The server ended the call without a grpc-status.");
        var trailers = ResponseReader.ToMetadata(source);
        return status.StatusCode == StatusCode.OK ? (status, trailers) : throw new RpcException(status, trailers);
    }

    /// <summary>Ends the call well, and gives the buffers back: nobody reads any more.</summary>
    private T Conclude<T>(Status status, Metadata trailers, T message)
    {
        _pipe?.Complete();
        _reader?.Dispose();
        Finish(status, trailers);
        return message;
    }

    private void OnCut(Status verdict) => Finish(verdict, Metadata.Empty);

    private void Finish(Status status, Metadata trailers)
    {
        if (Interlocked.Exchange(ref _finished, 1) != 0)
        {
            return;
        }

        _status = status;
        _trailers = trailers;
        var failure = status.StatusCode == StatusCode.OK ? null : new RpcException(status, trailers);
        _ended.TrySetResult(failure);
        if (failure is not null)
        {
            _headers.TrySetException(failure);
        }

        _content?.Complete();
        _clock.Stop(cut: failure is not null);
        // Resets the stream if the server has not ended it; a response that comes later is broken off by its token.
        Volatile.Read(ref _open)?.Dispose();
    }

    /// <summary>Nobody need look at this part of a call: its failure is told where the call is awaited.</summary>
    private static void Forgive(Task task) => _ = task.ContinueWith(
        static faulted => faulted.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted,
        TaskScheduler.Default);

    private Exception Thrown(RpcException failure) =>
        _channel.ThrowOperationCanceled && failure.StatusCode == StatusCode.Cancelled
            ? new OperationCanceledException(failure.Status.Detail, failure, _options.CancellationToken)
            : failure;
}
