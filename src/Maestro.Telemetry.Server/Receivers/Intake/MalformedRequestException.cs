namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>A body that is not what it says it is. Nothing of it is taken, and sending it again cannot help.</summary>
internal sealed class MalformedRequestException(string message) : Exception(message);
