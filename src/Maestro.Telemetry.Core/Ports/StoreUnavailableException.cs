namespace Maestro.Telemetry.Ports;

/// <summary>The store cannot take or give data now; nothing was changed.</summary>
public sealed class StoreUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
