using Grpc.Core;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The response of a call: written by its handler, ended by it or by the deadline, whoever is first.</summary>
internal sealed class ServerResponse(HttpContext http, TimeProvider time)
{
    private const int NoError = 0;
    private const int Cancel = 8;

    // How long a client may take for what was written already, before it is cut off.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private Task _pending = Task.CompletedTask;
    private bool _started;
    private bool _closed;

    /// <summary>Sends the headers.</summary>
    public Task StartAsync(Metadata headers, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            if (_started)
            {
                throw new InvalidOperationException("The response headers were sent already.");
            }

            foreach (var entry in headers)
            {
                if (!MetadataCodec.IsProtocolHeader(entry.Key))
                {
                    http.Response.Headers.Append(entry.Key, MetadataCodec.Encode(entry));
                }
            }

            _started = true;
            return _pending = http.Response.BodyWriter.FlushAsync(cancellationToken).AsTask();
        }
    }

    /// <summary>Writes a frame that leaves with the trailers.</summary>
    public void Write(ReadOnlyMemory<byte> frame)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            _started = true;
            frame.Span.CopyTo(http.Response.BodyWriter.GetSpan(frame.Length));
            http.Response.BodyWriter.Advance(frame.Length);
        }
    }

    /// <summary>Sends a frame; waits while the client's window is full.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            cancellationToken.ThrowIfCancellationRequested();
            if (!_pending.IsCompleted)
            {
                throw new InvalidOperationException("The write before this one has not completed.");
            }

            _started = true;
            var flush = http.Response.BodyWriter.WriteAsync(frame, cancellationToken);
            if (flush.IsCompletedSuccessfully)
            {
                flush.GetAwaiter().GetResult();
                return ValueTask.CompletedTask;
            }

            return new ValueTask(_pending = flush.AsTask());
        }
    }

    /// <summary>Ends the response when the handler has returned; the server sends it then.</summary>
    public async Task FinishAsync(Status status, Metadata? trailers)
    {
        if (TryClose(out var pending))
        {
            // A handler need not have awaited its last write; how that ended was its business.
            await pending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            WriteStatus(status, trailers);
        }
    }

    /// <summary>Ends the response while the handler still runs.</summary>
    public async Task EndAsync(Status status)
    {
        if (!TryClose(out var pending))
        {
            return;
        }

        try
        {
            await pending.WaitAsync(Grace, time);
            WriteStatus(status, trailers: null);
            await http.Response.CompleteAsync().WaitAsync(Grace, time);
            Reset(NoError);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException or IOException)
        {
            // The client does not read: a status would wait behind the messages that it does not take.
            Reset(Cancel);
        }
    }

    private void WriteStatus(Status status, Metadata? trailers)
    {
        if (_started)
        {
            StatusWriter.WriteTrailers(http.Response, status, trailers);
        }
        else
        {
            StatusWriter.WriteHeaders(http.Response, status, trailers);
        }
    }

    private bool TryClose(out Task pending)
    {
        lock (_gate)
        {
            pending = _pending;
            return !_closed && (_closed = true);
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new OperationCanceledException("The call has ended.");
        }
    }

    private void Reset(int errorCode) => http.Features.Get<IHttpResetFeature>()?.Reset(errorCode);
}
