namespace Maestro.Telemetry.Gaia;

/// <summary>What came of a probe.</summary>
/// <param name="Id">The Orchestrator.</param>
/// <param name="Problem">What is wrong, in a sentence; null when nothing is.</param>
/// <param name="Gateways">SGMs that it knows.</param>
/// <param name="ClockOffset">Its clock less ours, to about a second; null when it did not tell the time.</param>
public sealed record OrchestratorProbeResult(string Id, string? Problem, int Gateways, TimeSpan? ClockOffset);
