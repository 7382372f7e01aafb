namespace Maestro.Telemetry.Agent;

/// <summary>Opens streams to a collector.</summary>
internal interface ITelemetryTransport
{
    /// <summary>
    /// Opens a stream that ends when the token is cancelled. A failure shows on the first read or write.
    /// </summary>
    ITelemetryStream Open(CancellationToken cancellationToken);
}
