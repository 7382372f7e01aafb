namespace Maestro.Telemetry.Gaia;

/// <summary>The Orchestrator understood the command and said no.</summary>
/// <param name="code">The code it gave; empty when it gave none.</param>
public sealed class GaiaRefusedException(string message, string code, bool mayHaveHappened = false)
    : GaiaException(message, mayHaveHappened, innerException: null)
{
    public string Code { get; } = code;
}
