namespace Maestro.Telemetry.Simulator.Hosting;

/// <summary>A broken rule, from when it was first seen until it held again.</summary>
/// <param name="Time">When it was first seen.</param>
/// <param name="Subject">The group or SGM that it is about.</param>
/// <param name="Message">What was found and what is allowed.</param>
public sealed record Breach(DateTimeOffset Time, BreachKind Kind, string Subject, string Message);
