namespace Maestro.Telemetry.Replay;

/// <summary>A unit joins or leaves a group.</summary>
/// <param name="Step">The sample after which it was ordered.</param>
/// <param name="Adds">True when it joins, false when it leaves.</param>
/// <param name="ServesFrom">The first sample at which a unit that joins serves; past the end when it never does.</param>
public readonly record struct UnitChange(int Step, bool Adds, int ServesFrom);
