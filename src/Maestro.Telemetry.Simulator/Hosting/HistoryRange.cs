namespace Maestro.Telemetry.Simulator.Hosting;

/// <summary>Which past is sent.</summary>
/// <param name="From">The first row.</param>
/// <param name="To">The end, not included.</param>
/// <param name="Step">From one row of an SGM to the next.</param>
/// <param name="Cores">Whether the rows have each core.</param>
internal sealed record HistoryRange(DateTimeOffset From, DateTimeOffset To, TimeSpan Step, bool Cores);
