namespace Maestro.Telemetry.Simulator.Fabric;

/// <summary>An SGM that was deployed elsewhere.</summary>
/// <param name="Time">When it was applied.</param>
/// <param name="FromGroup">The group it left; 0 when it was free.</param>
/// <param name="ToGroup">The group it joins; 0 when it is free now.</param>
/// <param name="OutOfBand">Whether a fault did it, past the pending topology.</param>
public sealed record MembershipChange(DateTimeOffset Time, string Serial, int FromGroup, int ToGroup, bool OutOfBand);
