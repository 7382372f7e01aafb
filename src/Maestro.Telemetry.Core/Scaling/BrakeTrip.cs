namespace Maestro.Telemetry.Scaling;

/// <summary>A time during which a brake held.</summary>
/// <param name="Reason">The brake.</param>
/// <param name="Since">When it began to hold.</param>
/// <param name="LastSeen">The last cycle in which it held.</param>
public sealed record BrakeTrip(ReasonCode Reason, DateTimeOffset Since, DateTimeOffset LastSeen);
