namespace Maestro.Telemetry.Fabric;

/// <summary>A port that carries synchronisation between Orchestrators.</summary>
/// <param name="Id">Orchestrator/port/sub-port, for example 1/48/1.</param>
/// <param name="Kind">Within the site or between sites.</param>
/// <param name="Gigabits">Its speed in Gbit/s; null when it is not known.</param>
public sealed record SyncPort(string Id, SyncPortKind Kind, double? Gigabits);
