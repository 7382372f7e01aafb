namespace Maestro.Telemetry.Ports;

/// <summary>A store will never take some rows of a write, or what it makes of them; all others are stored.</summary>
/// <param name="message">Which, and why.</param>
/// <param name="rows">How many rows; 0 when all rows are stored and only what is made of them is not.</param>
public abstract class RowsRefusedException(string message, int rows) : ArgumentException(message)
{
    /// <summary>Rows that are lost.</summary>
    public int Rows { get; } = rows;
}
