namespace Maestro.Telemetry.Ports;

/// <summary>The spool holds as much as it may; nothing was appended, and senders keep what they have.</summary>
public sealed class SpoolFullException(string message)
    : Exception(message);
