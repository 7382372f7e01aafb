namespace Maestro.Telemetry.Gaia;

/// <summary>No connection, or one that broke before the answer was there.</summary>
public sealed class GaiaUnreachableException(
    string message, bool mayHaveHappened = false, Exception? innerException = null)
    : GaiaException(message, mayHaveHappened, innerException);
