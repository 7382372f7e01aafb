namespace Maestro.Telemetry.Simulator.Hosting;

/// <summary>Something that was seen to happen to an SGM.</summary>
/// <param name="Time">When it was seen, in simulated time.</param>
/// <param name="Group">The Security Group that it joined or left.</param>
public sealed record ObservedChange(DateTimeOffset Time, ObservedChangeKind Kind, string Serial, int Group);
