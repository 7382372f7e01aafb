namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>All that a <see cref="LastCycle"/> remembers.</summary>
/// <param name="Cycle">The last cycle without holes, oldest first.</param>
internal sealed record LastCycleState(double[] Cycle);
