namespace Maestro.Telemetry.Gaia;

/// <summary>A change was sent, and whether it took effect could not be read afterwards.</summary>
public sealed class GaiaUnconfirmedException(string message, Exception? innerException = null)
    : GaiaException(message, mayHaveHappened: true, innerException);
