namespace Maestro.Telemetry.Ports;

/// <summary>The Orchestrators gave no usable answer.</summary>
public class FabricControllerException(string message, bool mayHaveHappened = false, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>True when the request may have taken effect although no answer came: read before trying again.</summary>
    public bool MayHaveHappened { get; } = mayHaveHappened;
}
