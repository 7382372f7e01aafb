using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Gaia;

/// <summary>A promise of the Gaia API that was not kept. Its text never has a session id, a password or a body.</summary>
public abstract class GaiaException : FabricControllerException
{
    private protected GaiaException(string message, bool mayHaveHappened, Exception? innerException)
        : base(message, mayHaveHappened, innerException)
    {
    }
}
