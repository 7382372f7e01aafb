namespace Maestro.Telemetry.Gaia;

/// <summary>The login or the session was refused; nothing was done.</summary>
public sealed class GaiaAuthenticationException(
    string message, bool sessionExpired = false, Exception? innerException = null)
    : GaiaException(message, mayHaveHappened: false, innerException)
{
    /// <summary>True when a session that was good before is refused: a new login may help.</summary>
    public bool SessionExpired { get; } = sessionExpired;
}
