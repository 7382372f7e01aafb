namespace Maestro.Telemetry.Gaia;

/// <summary>The answer is not what the Gaia API promises: not JSON, too large, or a topology that contradicts itself.</summary>
public sealed class GaiaProtocolException(string message, bool mayHaveHappened = false)
    : GaiaException(message, mayHaveHappened, innerException: null);
