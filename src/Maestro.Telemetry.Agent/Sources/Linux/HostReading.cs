namespace Maestro.Telemetry.Agent;

/// <summary>The counters of a host at one moment.</summary>
/// <param name="At">When, on the clock that does not jump.</param>
internal sealed record HostReading(
    long At,
    IReadOnlyDictionary<int, CoreTicks> Cores,
    IReadOnlyDictionary<string, InterfaceTotals> Interfaces,
    long ConnectionsOpened);
