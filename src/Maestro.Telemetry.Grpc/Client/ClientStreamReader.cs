using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>The responses of a streaming call.</summary>
internal sealed class ClientStreamReader<TRequest, TResponse>(ClientCall<TRequest, TResponse> call)
    : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private TResponse? _current;

    public TResponse Current => _current
        ?? throw new InvalidOperationException("Call MoveNext first, while it says true.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        // As in the official client, giving up on a message gives up the call.
        await using var registration = cancellationToken.UnsafeRegister(
            static state => ((ClientCall<TRequest, TResponse>)state!).Cancel(), call);
        _current = await call.ReadNextAsync();
        return _current is not null;
    }
}
