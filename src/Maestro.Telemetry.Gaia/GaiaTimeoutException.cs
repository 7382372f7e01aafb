namespace Maestro.Telemetry.Gaia;

/// <summary>The Orchestrator did not answer, or its task did not end, in the time allowed.</summary>
public sealed class GaiaTimeoutException(
    string message, bool mayHaveHappened = false, Exception? innerException = null)
    : GaiaException(message, mayHaveHappened, innerException);
