namespace Maestro.Telemetry.Simulator.Scenarios;

/// <summary>A site and the Orchestrators that stand there.</summary>
/// <param name="Id">From 1.</param>
/// <param name="Orchestrators">Their ids, for example "1_1" and "1_2".</param>
public sealed record ScenarioSite(int Id, IReadOnlyList<string> Orchestrators);
