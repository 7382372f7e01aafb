namespace Maestro.Telemetry.Gaia;

/// <summary>The Orchestrator, or something before it, answered that it cannot serve now (5xx, 408, 429).</summary>
public sealed class GaiaUnavailableException(string message, int status, bool mayHaveHappened = false)
    : GaiaException(message, mayHaveHappened, innerException: null)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;
}
