namespace Maestro.Telemetry.Simulator.Hosting;

/// <summary>What became of a history.</summary>
/// <param name="Rows">Rows that were sent.</param>
/// <param name="Acknowledged">Rows that the collector committed.</param>
/// <param name="Refused">Rows that the collector refused.</param>
/// <param name="To">The time up to which the rows go, that time not included.</param>
public sealed record HistoryResult(long Rows, long Acknowledged, long Refused, DateTimeOffset To);
