using Grpc.Core;

namespace Maestro.Telemetry.Agent;

/// <summary>A stream to the collector could not be opened or broke.</summary>
internal sealed class StreamFailedException(string status, bool rejected, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The gRPC status, for example "Unavailable".</summary>
    public string Status { get; } = status;

    /// <summary>Whether the collector said no for a reason that waiting alone does not remove.</summary>
    public bool Rejected { get; } = rejected;

    /// <summary>
    /// Whether a newer stream has taken over. A sender has one stream at a time, so that it is another process's.
    /// </summary>
    public bool Superseded => Status == nameof(StatusCode.Aborted);
}
