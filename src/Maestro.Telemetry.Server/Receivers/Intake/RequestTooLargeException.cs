namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>A request above a limit, which the message names. Nothing of it is taken.</summary>
internal sealed class RequestTooLargeException(string message) : Exception(message);
