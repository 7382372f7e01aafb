using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>The server can never store some points of a write; it has stored the others.</summary>
/// <param name="message">Which, and why.</param>
/// <param name="rows">How many of the points are rows of samples.</param>
public sealed class PointRefusedException(string message, int rows) : RowsRefusedException(message, rows);
