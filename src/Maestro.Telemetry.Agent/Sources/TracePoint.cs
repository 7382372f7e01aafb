namespace Maestro.Telemetry.Agent;

/// <summary>One point of a recorded demand.</summary>
/// <param name="Timestamp">When, in UTC.</param>
/// <param name="Value">How much, in the trace's own unit; finite and not negative.</param>
/// <param name="IsAnomaly">Whether whoever recorded it marked it as unusual.</param>
public readonly record struct TracePoint(DateTimeOffset Timestamp, double Value, bool IsAnomaly);
