namespace Maestro.Telemetry.Storage.Influx;

/// <summary>The server can never store some points of a write; it has stored the others.</summary>
public sealed class PointRefusedException(string message) : ArgumentException(message);
