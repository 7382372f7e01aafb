namespace Maestro.Telemetry.Simulator.Scenarios;

/// <summary>One SGM of a scenario and where it is at the start.</summary>
/// <param name="Serial">The serial number, for example "1007RT1992".</param>
/// <param name="Site">The site it is cabled to.</param>
/// <param name="Model">The name of its model.</param>
/// <param name="Group">The Security Group it is a member of; 0 when it is free.</param>
public sealed record ScenarioGateway(string Serial, int Site, string Model, int Group);
