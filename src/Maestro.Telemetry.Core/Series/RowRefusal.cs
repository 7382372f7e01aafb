namespace Maestro.Telemetry.Series;

/// <summary>A row that is not stored, and why.</summary>
/// <param name="Row">From 0.</param>
/// <param name="Column">The column at fault; -1 when it is the timestamp.</param>
public readonly record struct RowRefusal(int Row, RefusalReason Reason, int Column);
