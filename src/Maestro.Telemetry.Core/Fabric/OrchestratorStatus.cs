namespace Maestro.Telemetry.Fabric;

/// <summary>An Orchestrator and whether it answered at the last reading.</summary>
/// <param name="Id">Its id, for example 1_1.</param>
/// <param name="Problem">What went wrong, in a sentence; null when it answered.</param>
public sealed record OrchestratorStatus(string Id, SiteId Site, bool Reachable, string? Problem);
