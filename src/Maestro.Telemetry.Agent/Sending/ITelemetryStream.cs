using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

/// <summary>
/// One open stream. One writer and one reader at a time; both throw <see cref="StreamFailedException"/> when it broke.
/// </summary>
internal interface ITelemetryStream : IAsyncDisposable
{
    Task WriteAsync(StreamRequest request, CancellationToken cancellationToken);

    /// <summary>Says that nothing more will be written.</summary>
    Task CompleteAsync();

    /// <summary>The next answer; null when the collector has ended the stream.</summary>
    Task<StreamResponse?> ReadAsync(CancellationToken cancellationToken);
}
