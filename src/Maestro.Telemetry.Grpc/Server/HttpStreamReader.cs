using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The requests of a streaming call, read from the request body where they lie.</summary>
internal sealed class HttpStreamReader<T>(HttpServerCallContext call, Marshaller<T> marshaller)
    : IAsyncStreamReader<T>, IDisposable
    where T : class
{
    private readonly MessageReader<T> _reader = call.CreateReader(marshaller);
    private T? _current;
    private bool _ended;

    public T Current => _current ?? throw new InvalidOperationException("Call MoveNext first, while it says true.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (_ended)
        {
            return false;
        }

        // The handler's own token needs no link: what it stands for ends the reading too, when its time comes.
        using var linked = cancellationToken.CanBeCanceled
            && cancellationToken != call.Lifetime.HandlerToken && cancellationToken != call.Lifetime.IoToken
                ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.Lifetime.IoToken)
                : null;
        var token = linked?.Token ?? (cancellationToken.CanBeCanceled ? cancellationToken : call.Lifetime.IoToken);
        try
        {
            _current = await _reader.ReadAsync(token);
        }
        catch (IOException e)
        {
            throw CallHandler.Gone(call, e);
        }

        _ended = _current is null;
        return !_ended;
    }

    public void Dispose()
    {
        _ended = true;
        _reader.Dispose();
    }
}
