namespace Maestro.Telemetry.Agent;

/// <summary>What one core has done since the start, in ticks (1/100 s).</summary>
/// <param name="Busy">User, nice, system, interrupts and what the hypervisor took.</param>
/// <param name="Idle">Idle and waiting for a disk.</param>
internal readonly record struct CoreTicks(long Busy, long Idle);
